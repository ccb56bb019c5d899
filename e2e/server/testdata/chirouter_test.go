package chirouter

import (
	"testing"

	"example.com/shop/shoptest"
)

func TestRouter(t *testing.T) { shoptest.Upload(t, Router()) }
