package ledger

import "lvyue/internal/refusal"

// Finding is an invariant of the books that does not hold, with the rows that break it: at most a hundred of them as JSON
// objects, and how many there are.
type Finding struct {
	Invariant string           `json:"invariant"`
	Sentence  refusal.Text     `json:"sentence"`
	Count     int              `json:"count"`
	Rows      []map[string]any `json:"rows"`
}
