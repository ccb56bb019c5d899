package compare

// A single import, with a comment.
import "example.com/shop"

func taken(err error) bool {
	errors := 1
	_ = errors
	return err == shop.CodeTimeout // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors`
}

func single(err error) bool {
	return err == shop.CodeTimeout // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors`
}
