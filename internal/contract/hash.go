package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// hashedForm names what goes into a form's hash; a change of the encoding gets another name.
const hashedForm = "lvyue-form-1\n"

// Hash identifies what the form says: SHA-256 in lower-case hex over its terms (§7.4). Comments, spacing,
// quotes, the order of fields, of products and of interfaces, and the spelling of the fee in words do not
// change it; any term does. Both signatures are under one hash.
func (f Form) Hash() string {
	terms := f.Terms
	terms.Products = slices.Sorted(slices.Values(terms.Products))
	terms.BaseConfiguration = slices.Sorted(slices.Values(terms.BaseConfiguration))
	data, err := json.Marshal(terms)
	if err != nil {
		panic(fmt.Sprintf("terms are plain data, so this cannot happen: %v", err))
	}
	sum := sha256.Sum256(append([]byte(hashedForm), data...))
	return hex.EncodeToString(sum[:])
}
