package vendored

import "example.com/tiny"

func f(err error, c tiny.Code) {
	_ = c == "out_of_paper"        // want `is tiny.CodeOutOfPaper`
	_ = err == tiny.CodeOutOfPaper // want `compares an error`
}
