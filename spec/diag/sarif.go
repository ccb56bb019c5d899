package diag

import (
	"io"
	"net/url"
	"path"
	"strings"
)

// SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
// as far as findings have something to say in it.
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
	fingerprintOfUse = "errspecSubject/v1" // which kind of fingerprint it is, so that another one can follow
)

func printSARIF(w io.Writer, rules []Rule, findings List) error {
	driver := sarifDriver{Name: "errspec", InformationURI: informationURI, Rules: []sarifRule{}}
	index := make(map[string]int)
	describe := func(r Rule) {
		index[r.ID] = len(driver.Rules)
		driver.Rules = append(driver.Rules, sarifRuleOf(r))
	}
	for _, r := range rules {
		describe(r)
	}
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	fingerprints := findings.Fingerprints()
	for i, d := range findings {
		if _, known := index[d.Rule]; !known {
			describe(Rule{ID: d.Rule, Severity: d.Severity, Purpose: d.Rule})
		}
		result := sarifResultOf(d)
		result.RuleIndex = index[d.Rule]
		result.PartialFingerprints = map[string]string{fingerprintOfUse: fingerprints[i]}
		run.Results = append(run.Results, result)
	}
	run.Tool.Driver = driver
	return writeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
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

func sarifResultOf(d Diagnostic) sarifResult {
	message := printable(d.Message)
	if d.Help != "" {
		message += "\n" + printable(d.Help)
	}
	result := sarifResult{RuleID: d.Rule, Level: sarifLevel(d.Severity), Message: sarifText{message}}
	if d.File != nil {
		result.Locations = []sarifLocation{{PhysicalLocation: physical(d.Location)}}
	}
	for _, r := range d.Related {
		if r.File != nil {
			result.RelatedLocations = append(result.RelatedLocations, sarifLocation{&sarifText{printable(r.Message)}, physical(r.Location)})
		}
	}
	if d.Fix != nil {
		result.Fixes = []sarifFix{sarifFixOf(d.Fix)}
	}
	return result
}

func sarifFixOf(f *Fix) sarifFix {
	fix := sarifFix{Description: sarifText{printable(f.Message)}, ArtifactChanges: []sarifChange{}}
	for _, e := range f.Edits {
		fix.ArtifactChanges = append(fix.ArtifactChanges, sarifChange{
			ArtifactLocation: sarifArtifact{uriOf(e.File.Name)},
			Replacements:     []sarifReplacement{{region(e.location()), sarifText{e.Text}}},
		})
	}
	return fix
}

func physical(l Location) sarifPhysical {
	return sarifPhysical{sarifArtifact{uriOf(l.File.Name)}, region(l)}
}

func region(l Location) *sarifRegion {
	if l.Start.Line == 0 {
		return nil
	}
	return &sarifRegion{l.Start.Line, l.Start.Column, l.End.Line, l.End.Column}
}

// uriOf returns the name of a file as a URI. A name that is none, such as
// builtin:evolink, is one already.
func uriOf(name string) string {
	if strings.HasPrefix(name, "builtin:") || strings.HasPrefix(name, "mod:") {
		return name
	}
	u := url.URL{Path: strings.ToValidUTF8(name, "\uFFFD")}
	if path.IsAbs(name) {
		u.Scheme = "file"
	}
	return u.String()
}
