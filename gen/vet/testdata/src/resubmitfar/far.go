// Package resubmitfar knows of the table only by way of another package.
package resubmitfar

import "resubmit"

func f(url string) {
	for {
		err := resubmit.Plain(url, "{}") // want `submits again`
		if err == nil {
			return
		}
	}
}
