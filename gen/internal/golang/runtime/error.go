package runtime

import (
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Error returns one line: "table: CODE: message", or "table: CODE/SUBTYPE: message" if
// the message alone does not select the subtype. Long messages are truncated.
func (e *Error) Error() string {
	if e == nil {
		return tableName + ": no error"
	}
	var b strings.Builder
	b.WriteString(tableName + ": " + e.codeText())
	//errspec:if refined
	if _, name, ok := strings.Cut(string(e.subtype), "/"); ok {
		b.WriteString("/" + name)
	}
	//errspec:end
	if message := oneLine(e.Message); message != "" {
		b.WriteString(": " + message)
	}
	//errspec:if id
	if id := oneLine(e.TaskID); id != "" {
		b.WriteString(" (task " + id + ")")
	}
	//errspec:end
	return b.String()
}

// codeText returns the code for use in a line of text, quoted if it is ambiguous.
func (e *Error) codeText() string {
	code := e.Wire
	if e.hasCode() {
		code = e.Code.String()
	}
	switch {
	case code == "" && e.HTTPStatus != 0 && e.HTTPStatus/100 != 2:
		return "HTTP " + strconv.Itoa(e.HTTPStatus)
	case code == "":
		return "no code"
	case strings.ContainsFunc(code, notInCode) || !utf8.ValidString(code) || len(code) > maxText:
		return strconv.QuoteToGraphic(cut(code))
	}
	return code
}

func notInCode(r rune) bool {
	return strings.ContainsRune(`:"'[]{}`, r) || unicode.IsSpace(r) || !unicode.IsGraphic(r)
}

// hasCode reports whether e has a code: one that the service sent, the response
// selects, or the program set. An integer code sent as text leaves Code at zero, which
// is a code only if Wire is.
func (e *Error) hasCode() bool {
	var none Code
	if e == nil || e.Code != none {
		return e != nil
	}
	_, listed := ParseCode(e.Wire)
	return listed
}

// named reports whether the service sent a code. A code that only repeats the HTTP
// status does not count.
func (e *Error) named() bool {
	if e.Wire == "" || e.Wire != strconv.Itoa(e.HTTPStatus) {
		return e.Wire != ""
	}
	_, listed := ParseCode(e.Wire)
	return listed
}

// Is reports whether target is the code or the subtype of the error. Aliases and former
// names are treated as the current code, and so are subtypes that contain them.
func (e *Error) Is(target error) bool {
	if e == nil {
		return false
	}
	switch target := target.(type) {
	case Code:
		//errspec:if prefixes
		if target.isPrefixed() {
			return e.Code == target
		}
		//errspec:end
		return e.hasCode() && e.Code.listed() == target.listed()
	case Subtype:
		return target != "" && e.Decision().Subtype == target.listed()
	}
	return false
}

// As sets target, a *Code or *Subtype, to the code or subtype of the error. It returns
// false if the error has none.
func (e *Error) As(target any) bool {
	if e == nil {
		return false
	}
	switch target := target.(type) {
	case *Code:
		if e.hasCode() {
			*target = e.Code
		}
		return e.hasCode()
	case *Subtype:
		subtype := e.Decision().Subtype
		if subtype != "" {
			*target = subtype
		}
		return subtype != ""
	}
	return false
}

// Decision returns the decision for the error (see [Classify]). If the outcome of the
// request is unknown, it is never automatic, and Charged is never ChargedNo.
func (e *Error) Decision() Decision {
	if e == nil {
		return Decision{}
	}
	d := unlisted(e.Code)
	if e.hasCode() {
		d = Classify(e.Code, e.Message)
	}
	//errspec:if hidden
	if e.hasCode() && e.source != nil {
		d = classify(e.Code, e.Message)
	}
	//errspec:end
	//errspec:if refined
	if e.subtype != "" {
		d = e.strictest.decision()
		d.Subtype = e.subtype
		// The rest of a long message may select a stricter subtype. //errspec:if stricter
		d.Automatic = d.Automatic && (len(e.Message) <= maxMessage || !hasStricter(e.Code.index())) //errspec:if stricter
	}
	//errspec:end
	//errspec:if response
	if !d.Known && e.standIn > 0 {
		s := decisionAt(e.standIn - 1)
		d.Class, d.Action, d.Throttle, d.Wait = s.Class, s.Action, s.Throttle, s.Wait
	}
	d.Automatic = d.Automatic && !e.manual
	//errspec:end
	if !e.settled() {
		d.Automatic = false
		//errspec:if nocharge
		if d.Charged == ChargedNo {
			d.Charged = ChargedUnknown
		}
		//errspec:end
	}
	return d
}

// settled reports whether the outcome of the request is known. It is not after an
// HTTP status from 500 up without a code.
func (e *Error) settled() bool {
	//errspec:if pending
	if e.hasCode() && e.Code.isPending() {
		return false // an earlier submission is being processed
	}
	//errspec:end
	//errspec:if free
	if e.isFree() {
		return true
	}
	//errspec:end
	//errspec:if task
	if e.unsettled || e.HTTPStatus != 0 && !settles(e.HTTPStatus) {
		return false // the task may be running, with any code
	}
	//errspec:end
	return e.HTTPStatus < 500 || e.named()
}

//errspec:if free

// isFree reports whether the service refused the request with a code that it does not
// charge for.
func (e *Error) isFree() bool {
	return !e.unsettled && e.HTTPStatus != 0 && e.Wire != "" && !e.manual && Classify(e.Code, "").Charged == ChargedNo
}

//errspec:end

// Value returns a named value of the message, such as the limit in "file size
// exceeds 10MB".
func (e *Error) Value(name string) (string, bool) {
	if e == nil {
		return "", false
	}
	return valueIn(e.Code, e.Message, name)
}

// LogValue implements [slog.LogValuer]. It returns the fields of the error as a group.
func (e *Error) LogValue() slog.Value {
	if e == nil {
		return slog.Value{}
	}
	attrs := []slog.Attr{
		slog.String("table", tableName),
		slog.String("revision", Revision),
		slog.String("code", e.codeText()),
	}
	if subtype := e.Decision().Subtype; subtype != "" {
		attrs = append(attrs, slog.String("subtype", string(subtype)))
	}
	//errspec:if id
	if id := oneLine(e.TaskID); id != "" {
		attrs = append(attrs, slog.String("task", id))
	}
	//errspec:end
	return slog.GroupValue(append(attrs, slog.String("message", oneLine(e.Message)))...)
}

// CodeOf returns the code of err, or of an error that err wraps. It returns false if
// there is none.
func CodeOf(err error) (Code, bool) {
	var code Code
	if errors.As(err, &code) && code.isOne() {
		return code.listed(), true
	}
	var subtype Subtype
	if errors.As(err, &subtype) && subtype.index() >= 0 {
		return subtype.Code(), true
	}
	var none Code
	return none, false
}

// isOne reports whether c is a code. The zero value is one only if the table lists it.
func (c Code) isOne() bool {
	var none Code
	return c != none || c.Known()
}

// DecisionOf returns the decision for err, or for an error that err wraps. It returns
// false if there is neither an [Error] nor a code. Of several errors, it uses the first
// one, but the decision is automatic only if [Policy.Next] may allow a retry after all of
// them. The decision for a code that is not part of an Error is never automatic, because
// the outcome of the request is unknown.
func DecisionOf(err error) (Decision, bool) {
	d, ok := decisionIn(err)
	d.Automatic = d.Automatic && eachError(err, func(e *Error) bool { return e.Decision().Automatic })
	return d, ok
}

func decisionIn(err error) (Decision, bool) {
	var e *Error
	if errors.As(err, &e) && e != nil {
		return e.Decision(), true
	}
	var subtype Subtype
	if errors.As(err, &subtype) && subtype.index() >= 0 {
		return subtype.decision(), true
	}
	var code Code
	if errors.As(err, &code) && code.isOne() {
		return code.Decision(), true
	}
	return Decision{}, false
}

// maxText is the maximum length of a text in a line, in bytes.
const maxText = 300

// oneLine returns s on one line: runs of white space and non-graphic characters become
// a space, and long text is truncated. Only the first 64 KiB are read.
func oneLine(s string) string {
	var b strings.Builder
	space := false
	for _, r := range head(s) {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		if b.Len() > maxText {
			break // cut removes the rest
		}
	}
	return cut(b.String())
}

// cut truncates a text to maxText.
func cut(s string) string {
	if len(s) <= maxText {
		return s
	}
	end := maxText
	for end > maxText-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// A reason is an error text. As a constant, it needs no initialization at program
// start.
type reason string

// Error returns the text.
func (r reason) Error() string { return string(r) }
