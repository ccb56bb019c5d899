package dropped

import "example.com/shop"

func bad(c shop.Code, e *shop.Error, err error) {
	shop.Classify(c, "")       // want `the Decision of Classify is dropped \[unused-decision\]`
	c.Decision()               // want `the Decision of Decision is dropped`
	(e.Decision())             // want `the Decision of Decision is dropped`
	shop.DecisionOf(err)       // want `the Decision of DecisionOf is dropped`
	go c.Decision()            // want `dropped`
	defer shop.DecisionOf(err) // want `dropped`
}

func decide(c shop.Code) shop.Decision { return c.Decision() }

func near(c shop.Code, err error) {
	_ = c.Decision()              // meant
	_, ok := shop.DecisionOf(err) // whether there is one
	_ = ok
	decide(c)        // may do more
	shop.CodeOf(err) // no Decision
}
