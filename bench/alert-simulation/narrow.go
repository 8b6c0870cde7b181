package main

import (
	"sort"

	"github.com/prometheus/prometheus/promql/parser"
)

// Functions that give nothing for nothing.
var pointwise = map[string]bool{"abs": true, "clamp": true, "clamp_max": true, "clamp_min": true, "sqrt": true}

// narrow leaves those of the asked times at which an expression of a rule can have a result, and perhaps a few more. An `and` has
// none where one of its sides has none, so the side that looks back least is evaluated first and the other only where it passed.
func (e *evaluation) narrow(r *rule, expr parser.Expr, asked []span) []span {
	if len(asked) == 0 {
		return asked
	}
	switch of := expr.(type) {
	case *parser.ParenExpr:
		return e.narrow(r, of.Expr, asked)
	case *parser.AggregateExpr:
		return e.narrow(r, of.Expr, asked)
	case *parser.Call:
		if pointwise[of.Func.Name] {
			return e.narrow(r, of.Args[0], asked)
		}
	case *parser.BinaryExpr:
		return e.narrowBinary(r, of, asked)
	}
	return asked
}

func (e *evaluation) narrowBinary(r *rule, of *parser.BinaryExpr, asked []span) []span {
	switch {
	case of.Op == parser.LOR:
		return e.union(r, e.narrow(r, of.LHS, asked), e.narrow(r, of.RHS, asked))
	case of.Op == parser.LUNLESS:
		return e.narrow(r, of.LHS, asked)
	}
	sides := []parser.Expr{of.LHS, of.RHS}
	sort.SliceStable(sides, func(a, b int) bool { return r.cost(sides[a]) < r.cost(sides[b]) })
	for _, side := range sides {
		if side.Type() == parser.ValueTypeVector {
			asked = e.narrow(r, side, asked)
		}
	}
	if of.Op.IsComparisonOperator() && !of.ReturnBool && len(asked) > 0 {
		return e.where(r, of, e.onGrid(r, e.loud(r, of, asked)))
	}
	return asked
}

// where evaluates an expression and answers where it has a result.
func (e *evaluation) where(r *rule, expr parser.Expr, asked []span) []span {
	g := e.grid(r)
	steps := make([]bool, g.count)
	for _, s := range e.part(r, expr, asked) {
		for _, point := range s.Floats {
			steps[g.firstFrom(point.T)] = true
		}
	}
	return spansOf(g, runsOf(steps))
}

// onGrid moves spans to the rule's steps within them.
func (e *evaluation) onGrid(r *rule, spans []span) []span {
	return e.union(r, spans, nil)
}

func (e *evaluation) union(r *rule, a, b []span) []span {
	g := e.grid(r)
	steps := make([]bool, g.count)
	for _, s := range append(append([]span(nil), a...), b...) {
		for i := g.firstFrom(s.from); i <= g.lastUntil(s.to); i++ {
			steps[i] = true
		}
	}
	return spansOf(g, runsOf(steps))
}

// cost is how far back an expression looks, through what is recorded.
func (r *rule) cost(expr parser.Expr) int64 {
	longest := int64(0)
	for _, selected := range selections(expr) {
		deepest := int64(0)
		for _, in := range r.inputs {
			if records(in.from, selected.matchers) {
				deepest = max(deepest, in.from.looksBack)
			}
		}
		longest = max(longest, selected.reach+deepest)
	}
	return longest
}
