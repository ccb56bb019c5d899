package diag

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"
)

// A sarifLog is a document of SARIF 2.1.0 with the parts that findings use,
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID                   string              `json:"id"`
	ShortDescription     sarifText           `json:"shortDescription"`
	Help                 sarifText           `json:"help"`
	DefaultConfiguration *sarifConfiguration `json:"defaultConfiguration,omitempty"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID              string            `json:"ruleId"`
	RuleIndex           int               `json:"ruleIndex"`
	Level               string            `json:"level"`
	Message             sarifText         `json:"message"`
	Locations           []sarifLocation   `json:"locations,omitempty"`
	RelatedLocations    []sarifLocation   `json:"relatedLocations,omitempty"`
	PartialFingerprints map[string]string `json:"partialFingerprints"`
	Fixes               []sarifFix        `json:"fixes,omitempty"`
}

type sarifLocation struct {
	Message          *sarifText    `json:"message,omitempty"`
	PhysicalLocation sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifFix struct {
	Description     sarifText     `json:"description"`
	ArtifactChanges []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	ArtifactLocation sarifArtifact      `json:"artifactLocation"`
	Replacements     []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	DeletedRegion   *sarifRegion `json:"deletedRegion"`
	InsertedContent sarifText    `json:"insertedContent"`
}

const (
	sarifSchema      = "https://json.schemastore.org/sarif-2.1.0.json"
	informationURI   = "https://github.com/errspec/errspec"
	fingerprintOfUse = "errspecSubject/v1" // the kind of fingerprint, with a version
)

func (p Printer) printSARIF(w io.Writer, findings List) error {
	driver := sarifDriver{Name: "errspec", InformationURI: informationURI, Rules: []sarifRule{}}
	index := make(map[string]int)
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	fingerprints := findings.Fingerprints()
	for i, d := range findings {
		if _, described := index[d.Rule]; !described {
			index[d.Rule] = len(driver.Rules)
			driver.Rules = append(driver.Rules, sarifRuleOf(p.ruleOf(d)))
		}
		result := p.sarifResultOf(d)
		result.RuleIndex = index[d.Rule]
		result.PartialFingerprints = map[string]string{fingerprintOfUse: fingerprints[i]}
		run.Results = append(run.Results, result)
	}
	run.Tool.Driver = driver
	return writeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// ruleOf returns the rule of a finding. If it is not one of p.Rules, the result contains only the
// facts in the finding.
func (p Printer) ruleOf(d Diagnostic) Rule {
	for _, r := range p.Rules {
		if r.ID == d.Rule {
			return r
		}
	}
	return Rule{ID: d.Rule, Severity: d.Severity, Purpose: d.Rule}
}

func sarifRuleOf(r Rule) sarifRule {
	help := r.Purpose
	for _, sample := range r.Samples() {
		help += "\n\n" + sample.Label + "\n\n" + strings.TrimRight(sample.Text, "\n")
	}
	return sarifRule{
		ID: r.ID, ShortDescription: sarifText{r.Purpose}, Help: sarifText{help},
		DefaultConfiguration: &sarifConfiguration{sarifLevel(r.Severity)},
	}
}

func sarifLevel(s Severity) string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "note"
}

func (p Printer) sarifResultOf(d Diagnostic) sarifResult {
	message := Printable(d.Message)
	if d.Help != "" {
		message += "\n" + Printable(d.Help)
	}
	result := sarifResult{RuleID: d.Rule, Level: sarifLevel(d.Severity)}
	if d.File != nil {
		result.Locations = []sarifLocation{{PhysicalLocation: p.physical(d.Location)}}
	}
	for _, r := range d.Related {
		switch {
		case r.File == nil:
		case r.File.Elsewhere: // a reader could not find the file
			message += "\n" + Printable(r.Location.String()+": "+r.Message)
		default:
			result.RelatedLocations = append(result.RelatedLocations, sarifLocation{&sarifText{Printable(r.Message)}, p.physical(r.Location)})
		}
	}
	if d.Fix != nil {
		result.Fixes = []sarifFix{p.sarifFixOf(d.Fix)}
	}
	result.Message = sarifText{message}
	return result
}

func (p Printer) sarifFixOf(f *Fix) sarifFix {
	fix := sarifFix{Description: sarifText{Printable(f.Message)}, ArtifactChanges: []sarifChange{}}
	for _, e := range f.Edits {
		fix.ArtifactChanges = append(fix.ArtifactChanges, sarifChange{
			ArtifactLocation: sarifArtifact{p.uriOf(e.File)},
			Replacements:     []sarifReplacement{{region(e.location()), sarifText{e.Text}}},
		})
	}
	return fix
}

func (p Printer) physical(l Location) sarifPhysical {
	return sarifPhysical{sarifArtifact{p.uriOf(l.File)}, region(l)}
}

func region(l Location) *sarifRegion {
	if l.Start.Line == 0 {
		return nil
	}
	return &sarifRegion{l.Start.Line, l.Start.Column, l.End.Line, l.End.Column}
}

// uriOf returns the name of a file as a URI. GitHub rejects documents with a URI scheme other than
// file, so builtin:evolink becomes the relative path builtin%3Aevolink.
func (p Printer) uriOf(f *File) string {
	name := strings.ToValidUTF8(p.path(f), "\uFFFD")
	if filepath.IsAbs(filepath.FromSlash(name)) {
		return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(name, "/")}).String()
	}
	first, rest, deeper := strings.Cut((&url.URL{Path: name}).EscapedPath(), "/")
	uri := strings.ReplaceAll(first, ":", "%3A")
	if deeper {
		uri += "/" + rest
	}
	return uri
}
