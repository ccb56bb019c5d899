package importer

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Keys that a column can have, as --map spells them.
const (
	keyCode        = "code"
	keyName        = "name"
	keyTitle       = "title"
	keyMessage     = "message"
	keyHTTP        = "http"
	keyGRPC        = "grpc"
	keyRetryable   = "retryable"
	keyAction      = "action"
	keyWait        = "wait"
	keyAdvice      = "advice"
	keyHint        = "hint"
	keyClass       = "class"
	keyDescription = "description"
	keyDetails     = "details"
	keyCauses      = "causes"
	keyAvoid       = "avoid"
	keyFixes       = "fixes"
	keyExamples    = "examples"
	keySince       = "since"
	keyDeprecated  = "deprecated"
	keyReplacedBy  = "replaced_by"
	keyAliases     = "aliases"
	keyInternal    = "internal"
	keySubtypes    = "subtypes"  // of labels only
	keyReference   = "reference" // of labels only: links to other pages
)

// vocabulary lists the headers of columns and the labels of paragraphs that name a
// key. Of several keys with the same name, the first that has no column yet gets it.
// Columns without a known header are guessed from their cells, see columns.go.
var vocabulary = []struct {
	key   string
	names func() []string
}{
	{keyHTTP, names("http, http status, http code, http status code, http response, http response code, http error, http 状态码, http状态码, http 상태 코드")},
	{keyGRPC, names("grpc, grpc status, grpc code, grpc status code")},
	{keyRetryable, names("retryable, retriable, is retryable, is retriable, can retry, should retry, safe to retry, retry, can i retry, should i retry, 可重试, 是否可重试")},
	{keyAction, names("retry action, action")},
	{keyWait, names("wait, retry after, retry delay")},
	{keyAdvice, names("advice, retry advice, client action, retry strategy")},
	{keyHint, names("hint")},
	{keyClass, names("class, error class, category, error category, group, kind, 类别, 分类, 类型, categoria, kategorie, catégorie, категория")},
	{keyFixes, names("fixes, fix, how to fix, how to fix it, how to fix this, how to solve, how to solve it, solution, solutions, resolution, resolutions, how to resolve, how to resolve it, remedy, remedies, " +
		"mitigation, recovery, action, actions, corrective action, what to do, what you can do, what should i do, troubleshooting, troubleshooting tips, workaround, workarounds, next steps, recommendation, recommendations, " +
		"how to handle, handling, steps to resolve, 解决方案, 解决方法, 解决办法, 处理建议, 处理方式, 处理方法, 处理方案, 排查建议, 排查方法, 解決方法, 対処方法, 対処, 해결 방법, 조치, " +
		"lösung, solución, solução, soluzione, решение, что делать")},
	{keyAvoid, names("avoid, how to avoid, how to avoid it, how to avoid this, prevention, how to prevent, how to prevent it, best practices, tips")},
	{keyCauses, names("causes, cause, reasons, why, why this happens, why it happens, why does this happen, root cause, when it occurs, when this happens, triggers, " +
		"原因, 错误原因, 可能原因, 原因分析, 원인, ursache, ursachen, causa, causas, причина, причины")},
	{keyExamples, names("examples, example, example message, example messages, example error, example errors, sample, samples, sample message, sample messages, error text, " +
		"example response, example error response, sample response, 示例, 例, 예시, beispiel, ejemplo, exemplo, exemple")},
	{keySince, names("since, since version, introduced, introduced in, added in, available since")},
	{keyDeprecated, names("deprecated, deprecated since, deprecated in, obsolete")},
	{keyReplacedBy, names("replaced by, replacement, superseded by, use instead")},
	{keyAliases, names("aliases, alias, also known as, synonyms")},
	{keyInternal, names("internal")},
	{keyTitle, names("title, short description, label, 标题")},
	{keyName, names("name, error name, constant, symbol, symbolic name, mnemonic, macro, 错误名称, 错误码名称, 名称, 名前, 이름, nombre, nome, nom, название")},
	{keyDescription, names("description, what it means, what this means, what does it mean, meaning, explanation, definition, what happened, error description, " +
		"描述, 错误描述, 说明, 错误说明, 含义, 意思, 描述信息, 説明, 意味, 内容, 설명, 의미, beschreibung, bedeutung, descripción, descrição, descrizione, significado, signification, описание, значение, açıklama")},
	{keyMessage, names("message, error message, err message, msg, error msg, errmsg, messages, error messages, response message, return message, error, reason, " +
		"信息, 内容, 错误内容, 错误信息, 错误消息, 提示, 错误提示, 提示信息, 返回信息, 消息, メッセージ, エラーメッセージ, 메시지, meldung, fehlermeldung, mensaje, mensagem, messaggio, сообщение")},
	{keyName, names("error, error class, exception, exception class, class name")},
	{keyDescription, names("text, cause, reason, summary, details, overview, error, error type")},
	{keyDetails, names("details, long description, detailed description, explanation, notes, note, remarks, remark, comment, comments, more information, additional information, " +
		"summary, overview, 备注, 详情, 备考, 備考, 비고, bemerkung, observaciones, примечание")},
	// Names that have another meaning in other tables.
	{keyHTTP, names("status, status code, response code, response status, html error, 状态码")},
	{keyClass, names("type, error type, area, domain, module, 模块")},
	{keyCauses, names("reason")},
	{keyDescription, names("english, english description, 英文, 英文描述, 中文, 中文描述")},
	// A second description, for example in another language.
	{keyDetails, names("description, meaning, explanation, english, english description, chinese, 英文, 英文描述, 中文, 中文描述, 描述, 说明, 含义")},
}

// labels are names of paragraphs and sections that name no column, or another key than
// a column with that header.
var labels = []struct {
	key   string
	names func() []string
}{
	{keySubtypes, names("sub types, subtypes, sub type, cases, scenarios, variants, types, sub codes, subcodes")},
	{keyReference, names("see also, related, related errors, references, links, learn more, further reading")},
	{keyFixes, names("action, actions")},
	{keyExamples, names("message, messages, error message, error messages, response")},
	{keyCauses, names("reason, reasons, cause")},
	{keyDescription, names("summary, overview, details, explanation")},
}

// codeNames are headers of columns of codes, the surest first.
var codeNames = names("code, error code, err code, errcode, error codes, codes, errno, error number, error no, error id, error code id, error identifier, sqlstate, api code, result code, " +
	"return code, ret code, exit code, response code, error key, 错误码, 错误代码, 错误编码, 返回码, 错误码id, 响应码, 状态码, 代码, 编码, 错误编号, 返回值, 错误号, コード, エラーコード, " +
	"코드, 에러 코드, 오류 코드, fehlercode, código, código de error, código de erro, code d erreur, codice, codice errore, код, код ошибки, hata kodu, kod")

// weakCodeNames are headers of columns that may contain codes.
var weakCodeNames = names("error, wire, identifier, id, key, number, no, value, error name, constant, symbol, name, type, error type, reason, title, " +
	"错误名称, 编号, 名称, status code, http status code, http status, http code, http, status")

// subtypeNames are headers of the column with the titles of subtypes.
var subtypeNames = names("sub type, subtype, sub code, subcode, sub types, case, scenario, trigger, variant, reason, type, name, category, decline code")

// errorNames are words in headings above codes.
var errorNames = []string{"error", "code", "exception", "fault", "failure", "status", "错误", "异常", "返回码", "状态码", "エラー", "오류", "에러", "fehler", "erreur", "erro", "ошиб", "hata"}

// fillers are words that do not change the meaning of a name.
var fillers = []string{"typical", "common", "possible", "potential", "probable", "likely", "suggested", "recommended", "the", "main", "general", "常见"}

// names returns the normalized names of a list. They are computed on first use and not at
// program start.
func names(list string) func() []string {
	return sync.OnceValue(func() []string {
		all := strings.Split(list, ",")
		for i := range all {
			all[i] = key(all[i])
		}
		return all
	})
}

// Keys returns the keys that a column can be assigned to.
func Keys() []string {
	keys := []string{keyCode}
	for _, v := range vocabulary {
		if !slices.Contains(keys, v.key) {
			keys = append(keys, v.key)
		}
	}
	return keys
}

// meanings returns the normalized names in a header or label: the whole, and its parts
// if it has several languages or an addition in brackets.
func meanings(s string) []string {
	var all []string
	add := func(s string) {
		parts := words(s)
		for len(parts) > 1 && slices.Contains(fillers, parts[0]) {
			parts = parts[1:]
		}
		if name := strings.Join(parts, " "); name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	add(s)
	add(strings.ToLower(s)) // not camel case: gRPC
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()/|\n,（）【】[]:：", r) }) {
		add(part)
	}
	latin := strings.Map(func(r rune) rune {
		if r > unicode.MaxLatin1 {
			return ' '
		}
		return r
	}, s)
	if len(latin) < len(s) {
		add(latin)
		add(strings.Map(func(r rune) rune {
			if r <= unicode.MaxLatin1 {
				return -1
			}
			return r
		}, s))
	}
	return all
}

// rank returns the position of the first name that s means, or -1.
func rank(s string, names []string) int {
	best := -1
	for _, m := range meanings(s) {
		if i := slices.Index(names, m); i >= 0 && (best < 0 || i < best) {
			best = i
		}
	}
	return best
}

func isOneOf(s string, names []string) bool { return rank(s, names) >= 0 }

// topicOf returns the key that a label names, or "".
func topicOf(label string) string {
	for _, l := range labels {
		if isOneOf(label, l.names()) {
			return l.key
		}
	}
	for _, v := range vocabulary {
		if isOneOf(label, v.names()) {
			return v.key
		}
	}
	return ""
}

// namesErrors reports whether a heading is about errors or codes.
func namesErrors(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(errorNames, func(word string) bool { return strings.Contains(s, word) })
}
