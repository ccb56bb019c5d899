module github.com/errspec/errspec/e2e

go 1.25.0

require (
	github.com/errspec/errspec/generated v0.0.0
	github.com/yuin/goldmark v1.8.7
)

replace github.com/errspec/errspec => ../

replace github.com/errspec/errspec/generated => ../generated
