package extract_test

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/spec/extract"
)

// A want is the expected match of a text.
type want struct {
	source  extract.Source
	code    string
	message string
	task    string
}

// lines are lines of text and their expected matches.
var lines = map[string]want{
	// The text of the package's Error, with and without other text around it.
	`shop: busy`:                                   {extract.ErrorText, "busy", "", ""},
	`shop: busy: slow down`:                        {extract.ErrorText, "busy", "slow down", ""},
	`shop: busy: slow down (task t-1)`:             {extract.ErrorText, "busy", "slow down", "t-1"},
	`shop: busy (task t-1)`:                        {extract.ErrorText, "busy", "", "t-1"},
	`x: shop: busy: a: b (task t-1)`:               {extract.ErrorText, "busy", "a: b", "t-1"},
	`shop: busy: a (task t-1), giving up (5)`:      {extract.ErrorText, "busy", "a, giving up (5)", "t-1"},
	`shop: busy, giving up`:                        {extract.ErrorText, "busy", "giving up", ""},
	`shop: busy; giving up (task t-1)`:             {extract.ErrorText, "busy", "giving up", "t-1"},
	`shop: "odd code": m`:                          {extract.ErrorText, "odd code", "m", ""},
	`shop: brand_new: m (task t-1)`:                {extract.ErrorText, "brand_new", "m", "t-1"},
	`shop: no code: m (task t-1)`:                  {extract.ErrorText, "", "m", "t-1"},
	`shop: HTTP 503 (task t-1)`:                    {extract.ErrorText, "", "", "t-1"},
	`err="x: shop: busy: \"a\" (task t-1)" n=1`:    {extract.ErrorText, "busy", `"a"`, "t-1"},
	`2026 [ERROR] (shop: busy: m (task t-1))`:      {extract.ErrorText, "busy", "m)", "t-1"},
	`shop: stopped polling task t-1: no: shop: b:`: {extract.PollStopped, "", "stopped polling task t-1: no: shop: b:", "t-1"},
	`shop: no error`:                               {},
	`shop: cannot read response: EOF`:              {},
	`shop: "unfinished`:                            {},
	`workshop: busy: m`:                            {},
	`shop:busy`:                                    {},
	`shop: `:                                       {},

	// The output of LogValue.
	`err.table=shop err.revision=1 err.code=busy err.task=t-1 err.message="a b"`: {extract.LogValue, "busy", "a b", "t-1"},
	`table=shop revision=1 code="\"odd code\"" message=m`:                        {extract.LogValue, "odd code", "m", ""},
	`a.b.table=shop a.b.code="no code" a.b.message=m other.task=t-9`:             {extract.LogValue, "", "m", ""},
	`err.table=shop err.code="HTTP 503" err.message=m`:                           {extract.LogValue, "", "m", ""},
	`msg="err.table=shop err.code=busy" n=1`:                                     {extract.Mention, "busy", `n=1`, ""},
	`err.table=other err.revision=1 err.code=busy err.message=m`:                 {extract.Mention, "busy", "err.message=m", ""},

	// A code after a key.
	`ERROR code=busy slow down`:                        {extract.Mention, "busy", "slow down", ""},
	`ERROR code=brand_new slow down`:                   {extract.Mention, "brand_new", "slow down", ""},
	`level=error msg="slow down" code=busy task=t-1`:   {extract.Mention, "busy", "slow down", "t-1"},
	`level=error err.code=busy err.msg=m task_id=t-1`:  {extract.Mention, "busy", "m", "t-1"},
	`level=error error_code=busy attempt=3`:            {extract.Mention, "busy", "attempt=3", ""},
	`level=error err=busy task=t-1`:                    {extract.Mention, "busy", "task=t-1", "t-1"},
	`level=error error=none task=t-1`:                  {},
	`failed, code: busy: slow down`:                    {extract.Mention, "busy", "slow down", ""},
	`failed (code: busy)`:                              {extract.Mention, "busy", `failed (code:`, ""},
	`failed, Code: brand_new.`:                         {extract.Mention, "brand_new", "failed, Code:", ""},
	`failed with {"code":"busy","message":"slow"`:      {extract.Mention, "busy", `message":"slow"`, ""},
	`failed with {'code': 'brand', 'message': 'slow'}`: {extract.Mention, "brand", `slow`, ""},
	`failed with {\"code\":\"busy\",\"a\":1}`:          {extract.Mention, "busy", `\",\"a\":1}`, ""},
	`errorCode=busy`:                                   {extract.Mention, "busy", "errorCode", ""},
	`ERROR CODE: busy`:                                 {extract.Mention, "busy", "ERROR CODE:", ""},
	`the code: which nobody reads`:                     {},
	`exit code: 1`:                                     {},
	`exit code=sig_kill`:                               {},
	`status_code=busy`:                                 {},
	`status code=brand_new`:                            {},
	`code=429`:                                         {},
	`code=ok code=null code=`:                          {},
	`GET /callback?code=s3cret&state=x`:                {},
	`encode=busy decode: busy barcode busy`:            {},
	`grpc.code=Unavailable`:                            {},

	// A listed code in brackets.
	`Client error [busy]: slow down`:    {extract.Mention, "busy", "slow down", ""},
	`slow down [busy]`:                  {extract.Mention, "busy", "slow down", ""},
	`[rate_limited] [odd code]`:         {extract.Mention, "rate_limited", "[odd code]", ""},
	`[a:b]`:                             {extract.Mention, "a:b", "", ""},
	`[ERROR] [busy ] [Busy] [] [`:       {},
	`x[busy] busy "busy" (busy)`:        {},
	`code=brand_new after [busy] stuff`: {extract.Mention, "busy", "stuff", ""},

	// JSON in a line.
	`got {"id":"t-1","status":"failed","error":{"code":"busy","message":"m"}} again`:             {extract.Response, "busy", "m", "t-1"},
	`got {"id":"t-1","status":"done","error":{"code":"busy"}}`:                                   {extract.Response, "busy", "", "t-1"},
	`body="{\"id\":\"t-1\",\"status\":\"failed\",\"error\":{\"code\":\"busy\"}}"`:                {extract.Response, "busy", "", "t-1"},
	`got {"table":"shop","revision":"1","code":"busy","task":"t-1","message":"m"}`:               {extract.LogValue, "busy", "m", "t-1"},
	`{"a":"{\"b\":\"{\\\"id\\\":\\\"t\\\",\\\"error\\\":{\\\"code\\\":\\\"busy\\\"}}\"}","c":1}`: {extract.Response, "busy", "", "t"},

	// Responses as printed by other languages.
	`got {'id': 't-1', 'status': 'failed', 'error': {'code': 'busy', 'message': 'it\'s'}} again`: {extract.Response, "busy", "it's", "t-1"},
	`Error code: 429 - {'error': {'message': "the code: broken", 'code': 'busy', 'p': None}}`:    {extract.Response, "busy", "the code: broken", ""},
	`Error code: 400 - {'error': {'message': "'code': 'busy'", 'code': None}}`:                   {extract.Response, "", "'code': 'busy'", ""},
	`b'{"error": {"code": "busy", "message": "it\'s"}}'`:                                         {extract.Response, "busy", "it's", ""},
	"{ id: 't-1', status: 'failed', error: { code: 'busy', message: `m`, cause: [Object] } }":    {extract.Response, "busy", "m", "t-1"},
	`{"id"=>"t-1", "status"=>"failed", "error"=>{"code"=>"busy", "message"=>nil}}`:               {extract.Response, "busy", "", "t-1"},
	`headers {'a': 'b'}, body {'error': {'code': 'busy'}}`:                                       {extract.Response, "busy", "", ""},
	`{'table': 'shop', 'revision': '1', 'code': 'busy', 'message': 'm'}`:                         {extract.LogValue, "busy", "m", ""},
	`{'error': {'code': 'busy', 'message': 'cut of`:                                              {extract.Mention, "busy", "message': 'cut of", ""},

	// The text of an Error in the message of a response is part of it.
	`400 - {"error":{"code":"busy","message":"shop: broken: x"}}`: {extract.Response, "busy", "shop: broken: x", ""},
	`{"error":{"code":"busy","message":"x"}} shop: broken: x`:     {extract.ErrorText, "broken", "x", ""},

	// Reports that polling stopped, with other texts.
	`shop: busy: m (shop: stopped polling task t-1: EOF)`:                      {extract.PollStopped, "", "stopped polling task t-1: EOF)", "t-1"},
	`shop: busy: m (shop: stopped polling task t-1)`:                           {extract.PollStopped, "", "stopped polling task t-1)", "t-1"},
	`err="shop: busy: m\nshop: stopped polling task t-1: EOF" n=1`:             {extract.PollStopped, "", "stopped polling task t-1: EOF", "t-1"},
	`{'error': {'code': 'busy'}} shop: stopped polling task t-1: EOF`:          {extract.PollStopped, "", "stopped polling task t-1: EOF", "t-1"},
	`table=shop revision=1 code=busy err="shop: stopped polling task t-1: no"`: {extract.PollStopped, "", "stopped polling task t-1: no", "t-1"},
	`workshop: stopped polling task t-1: EOF, shop: busy: m`:                   {extract.ErrorText, "busy", "m", ""},

	// An HTTP status with a code in the table. A code or a phrase takes precedence.
	`HTTP 429 Too Many Requests`:                    {extract.Phrase, "busy", "HTTP 429 Too Many Requests", ""},
	`429 Too Many Requests`:                         {extract.Phrase, "busy", "429 Too Many Requests", ""},
	`"POST /v1 HTTP/1.1" 404, "GET / HTTP/1.1" 429`: {extract.Phrase, "busy", `"POST /v1 HTTP/1.1" 404, "GET / HTTP/1.1" 429`, ""},
	`request failed with status code 429`:           {extract.Phrase, "busy", `request failed with status code 429`, ""},
	`level=error status=429`:                        {extract.Phrase, "busy", `level=error status=429`, ""},
	`HTTP 429: code=broken`:                         {extract.Mention, "broken", "HTTP 429: code", ""},
	`HTTP 429: file exceeds 10MB`:                   {extract.Phrase, "bad_input", "HTTP 429: file exceeds 10MB", ""},
	`HTTP 502 Bad Gateway`:                          {},
	`HTTP 4290, XHTTP 429, substatus=429`:           {},
	`429 items, and 429 Items`:                      {},
	`took 429 Ms`:                                   {},

	// A phrase, and texts without a match.
	`upload failed: file exceeds 10MB`: {extract.Phrase, "bad_input", "upload failed: file exceeds 10MB", ""},
	`the request refused to go away`:   {extract.Phrase, "bad_input", "the request refused to go away", ""},
	`all went well`:                    {},
	``:                                 {},
}

func TestLine(t *testing.T) {
	x := extractorOf(t, shop)
	for line, w := range lines {
		f := x.Line(line)
		if got := (want{f.Source, f.Code, f.Message, f.Task}); got != w {
			t.Errorf("%s\n got %+v\nwant %+v", line, got, w)
		}
	}
}

// objects are JSON objects and their expected matches.
var objects = map[string]want{
	// Task responses.
	`{"id":"t-1","status":"failed","error":{"code":"busy","message":"m"}}`:       {extract.Response, "busy", "m", "t-1"},
	`{"id":"t-1","status":"failed","error":{"code":null,"message":"m"}}`:         {extract.Response, "", "m", "t-1"},
	`{"id":"t-1","status":"failed"}`:                                             {extract.Response, "", "", "t-1"},
	`{"id":7,"status":"failed","error":{"code":429,"message":true}}`:             {extract.Response, "429", "true", "7"},
	`{"id":"t-1","status":"failed","error":"busy"}`:                              {extract.Response, "", "", "t-1"},
	`{"id":"t-1","status":"failed","error":"so it is"}`:                          {extract.Response, "", "", "t-1"},
	`{"id":"t-1","status":"failed","error":"file exceeds 10MB"}`:                 {extract.Response, "", "", "t-1"},
	`{"id":"t-1","status":"failed","error":[{"code":"busy","message":"m"},{}]}`:  {extract.Response, "", "", "t-1"},
	`{"id":"t-1","status":"failed","error":["so it is"]}`:                        {extract.Response, "", "", "t-1"},
	`{"id":"t-1","status":"failed","error":[]}`:                                  {extract.Response, "", "", "t-1"},
	`{"error":"so it is"}`:                                                       {},
	`{"error":"so it is","file":"x"}`:                                            {},
	`{"error":"file exceeds 10MB"}`:                                              {extract.Phrase, "bad_input", "file exceeds 10MB", ""},
	`{"error":{"message":"code: busy, [broken], shop: busy"}}`:                   {extract.Response, "", "code: busy, [broken], shop: busy", ""},
	`{"error":{"message":"busy"}}`:                                               {extract.Mention, "busy", "busy", ""},
	`{"error":{"code":"busy","message":"m"}}`:                                    {extract.Response, "busy", "m", ""},
	`{"error":{"message":"no key","type":"auth"}}`:                               {extract.Response, "", "no key", ""},
	`{"id":"t-1","status":"completed","error":{"code":"busy"},"log":"[busy]"}`:   {extract.Response, "busy", "", "t-1"},
	`{"id":"t-1","status":"running","error":{"code":"busy"},"msg":"shop: busy"}`: {},
	`{"status":"done","msg":"shop: busy"}`:                                       {},
	`{}`:                                                                         {},

	// Log records.
	`{"level":"ERROR","msg":"x","err":{"table":"shop","revision":"1","code":"busy","task":"t-1","message":"m"}}`: {extract.LogValue, "busy", "m", "t-1"},
	`{"level":"ERROR","a":{"b":[{"table":"shop","code":"HTTP 503","message":"m"}]}}`:                             {extract.LogValue, "", "m", ""},
	`{"level":"ERROR","err":{"table":"other","revision":"1","code":"busy","message":"m"}}`:                       {},
	`{"level":"ERROR","msg":"x: shop: busy: m (task t-1)"}`:                                                      {extract.ErrorText, "busy", "m", "t-1"},
	`{"level":"ERROR","any":["x: shop: busy: m (task t-1)"]}`:                                                    {extract.ErrorText, "busy", "m", "t-1"},
	`{"level":"ERROR","msg":"shop: busy","err":{"table":"shop","code":"broken","message":"m"}}`:                  {extract.LogValue, "broken", "m", ""},
	`{"level":"ERROR","msg":"shop: stopped polling task t-1: EOF"}`:                                              {extract.PollStopped, "", "stopped polling task t-1: EOF", "t-1"},
	`{"level":"ERROR","msg":"x","code":"busy","task_id":"t-1"}`:                                                  {extract.Mention, "busy", "x", "t-1"},
	`{"level":"ERROR","task":"t-1","e":{"error_code":"brand_new","error_message":"m"}}`:                          {extract.Mention, "brand_new", "m", "t-1"},
	`{"level":"ERROR","err":"busy"}`:                                                                             {extract.Mention, "busy", "", ""},
	`{"level":"ERROR","error":"[busy] slow"}`:                                                                    {extract.Mention, "busy", "slow", ""},
	`{"status":"error","msg":"shop: busy: m"}`:                                                                   {extract.ErrorText, "busy", "m", ""},
	`{"level":"ERROR","resp":{"id":"t-1","status":"failed","error":{"code":"busy","message":"m"}}}`:              {extract.Response, "busy", "m", "t-1"},
	`{"level":"ERROR","resp":"{\"id\":\"t-1\",\"status\":\"failed\"}"}`:                                          {extract.Response, "", "", "t-1"},
	`{"level":"ERROR","status":{"code":"ERROR","message":"m"}}`:                                                  {},
	`{"level":"ERROR","status":{"code":"busy","message":"m"}}`:                                                   {extract.Mention, "busy", "m", ""},
	`{"level":"ERROR","code":14,"msg":"x"}`:                                                                      {},
	`{"level":"ERROR","msg":"file exceeds 10MB"}`:                                                                {extract.Phrase, "bad_input", "file exceeds 10MB", ""},
	`{"level":"INFO","prompt":"file exceeds 10MB [busy] code=busy"}`:                                             {},
	`{"level":"INFO","error":{"message":"connection refused"}}`:                                                  {},
	`{"error":{"code":"busy"},"log":"shop: stopped polling task t-1: EOF"}`:                                      {extract.PollStopped, "", "stopped polling task t-1: EOF", "t-1"},
	`{"error":{"code":"busy","message":"shop: stopped polling task t-1: EOF"}}`:                                  {extract.Response, "busy", "shop: stopped polling task t-1: EOF", ""},
	`{"level":"ERROR","error":{"table":"shop","revision":"1","code":"\"odd code\"","message":"m"}}`:              {extract.LogValue, "odd code", "m", ""},
	`{"level":"ERROR","error":{"table":"other","revision":"1","code":"busy","message":"m"}}`:                     {},
	`{"log":"shop: busy: m (task t-1)\n","stream":"stderr","time":"x"}`:                                          {extract.ErrorText, "busy", "m", "t-1"},
}

func TestObject(t *testing.T) {
	x := extractorOf(t, shop)
	for object, w := range objects {
		f, end, err := x.Object(object + "tail")
		if err != nil || end != len(object) {
			t.Errorf("%s: end %d, %v", object, end, err)
		}
		f.Message = strings.TrimSuffix(f.Message, "\n")
		if got := (want{f.Source, f.Code, f.Message, f.Task}); got != w {
			t.Errorf("%s\n got %+v\nwant %+v", object, got, w)
		}
	}
}

// noResponse is a table that does not define the form of errors.
const noResponse = "errspec: 1\nname: db\ntitle: DB\nwire: integer\ncodes:\n" +
	"  - {code: 1062, title: Duplicate, description: A duplicate entry, retry: {action: retry, automatic: true}}\n"

func TestCommonShapes(t *testing.T) {
	x := extractorOf(t, noResponse)
	for object, w := range map[string]want{
		`{"error":{"code":1062,"message":"m"},"id":"7"}`:   {extract.Response, "1062", "m", "7"},
		`{"code":1062,"message":"m"}`:                      {extract.Response, "1062", "m", ""},
		`{"code":"1062","message":"m"}`:                    {extract.Response, "1062", "m", ""},
		`{"code":99,"message":"m","error":{"code":1062}}`:  {extract.Response, "1062", "m", ""},
		`{"code":0,"message":"ok"}`:                        {},
		`{"code":"success"}`:                               {},
		`{"message":"m"}`:                                  {},
		`{"level":"ERROR","err":{"code":7,"message":"m"}}`: {extract.Mention, "7", "m", ""},
	} {
		f, _, err := x.Object(object)
		if got := (want{f.Source, f.Code, f.Message, f.Task}); err != nil || got != w {
			t.Errorf("%s\n got %+v\nwant %+v", object, got, w)
		}
	}
	for line, w := range map[string]want{
		`ERROR code=1062 m`: {extract.Mention, "1062", "m", ""},
		`ERROR code: 1062`:  {extract.Mention, "1062", "ERROR code:", ""},
		`ERROR code=17 m`:   {extract.Mention, "17", "m", ""},
		`[1062] m`:          {extract.Mention, "1062", "m", ""},
		`[17] m`:            {},
		`exit code: 1`:      {},
	} {
		f := x.Line(line)
		if got := (want{f.Source, f.Code, f.Message, f.Task}); got != w {
			t.Errorf("%s\n got %+v\nwant %+v", line, got, w)
		}
	}
}
