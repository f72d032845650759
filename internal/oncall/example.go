package oncall

import (
	_ "embed"
	"slices"
)

//go:embed example.yaml
var example []byte

// ExampleForm is a rota form with invented people, every field explained in Chinese and English. As it is, ParseRota reads
// it.
func ExampleForm() []byte { return slices.Clone(example) }
