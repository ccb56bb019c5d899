package vendored

import "example.com/tiny"

func f(err error, c tiny.Code) {
	_ = c == "out_of_paper"        // want `use the constant tiny\.CodeOutOfPaper instead of "out_of_paper"`
	_ = err == tiny.CodeOutOfPaper // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors`
}
