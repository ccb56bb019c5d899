package compare

import (
	"errors"
	errs "errors"

	"example.com/shop"
)

func good(err error) bool { return errors.Is(err, shop.CodeTimeout) }

func shadowed(err error, errors string) (bool, string) {
	return err == shop.CodeTimeout, errors // want `error compared with a Code using ==; use errors\.Is, which also finds it in wrapped errors`
}

var _ = errs.New
