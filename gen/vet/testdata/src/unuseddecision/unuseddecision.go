package unuseddecision

import "example.com/shop"

func bad(c shop.Code, e *shop.Error, err error) {
	shop.Classify(c, "")       // want `result of Classify is not used \[unused-decision\]`
	c.Decision()               // want `result of Decision is not used`
	(e.Decision())             // want `result of Decision is not used`
	shop.DecisionOf(err)       // want `result of DecisionOf is not used`
	go c.Decision()            // want `result of Decision is not used`
	defer shop.DecisionOf(err) // want `result of DecisionOf is not used`
}

func decide(c shop.Code) shop.Decision { return c.Decision() }

func near(c shop.Code, err error) {
	_ = c.Decision()              // deliberate
	_, ok := shop.DecisionOf(err) // only the second result is used
	_ = ok
	decide(c)        // may have other effects
	shop.CodeOf(err) // does not return a Decision
}
