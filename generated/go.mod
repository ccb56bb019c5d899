module github.com/errspec/errspec/generated

go 1.22
