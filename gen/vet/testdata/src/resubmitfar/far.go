// Package resubmitfar imports the table only indirectly.
package resubmitfar

import "resubmit"

func f(url string) {
	for {
		err := resubmit.Plain(url, "{}") // want `request is submitted again after any failure, and every submission is charged; check Attempts\.Again, Policy\.Next, Decision\.Automatic or a code first`
		if err == nil {
			return
		}
	}
}
