package contract

import (
	_ "embed"
	"slices"
)

//go:embed blank.yaml
var blank []byte

// BlankForm is a form to fill in: every field of the paper form, explained in Chinese and English. As it is,
// ParseForm refuses it and names every field that is still blank.
func BlankForm() []byte { return slices.Clone(blank) }
