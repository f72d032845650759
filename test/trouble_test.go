package test

import (
	"fmt"
	"testing"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/rehearsal"
)

// Every operation of a whole life goes wrong once: its answer is lost after it took effect, or it is turned away since too
// much is asked. Nothing of the report changes. What is lost is spread over several lives, since the pauses between the tries
// at one look double.
func TestCloud_EveryAnswerLostOnceChangesNothing_3_2_5_7_7_2(t *testing.T) {
	t.Parallel()
	calm := undisturbed(t)
	sideBySide(t, spread(calm.calls.operations()), func(f []aliyunsim.Fault) string {
		return fmt.Sprint(f[0].Trouble, len(f), " from ", f[0].Operation)
	}, func(t *testing.T, faults []aliyunsim.Fault) {
		w := &wholly{}
		if err := w.live(t, rehearsal.Options{CloudFaults: faults}); err != nil {
			t.Fatal(err)
		}
		w.came(t, calm)
		if felt := w.calls.wentWrong(); felt != len(faults) {
			t.Errorf("%d calls went wrong, want %d", felt, len(faults))
		}
	})
}

// spread is the faults of each life: all operations are throttled in one, each loses an answer in one of the others.
func spread(operations []string) [][]aliyunsim.Fault {
	const lives = 5
	faults := make([][]aliyunsim.Fault, 1+lives)
	for i, operation := range operations {
		life := 1 + i%lives
		faults[0] = append(faults[0], aliyunsim.Fault{Operation: operation, First: 1, Trouble: aliyunsim.Throttled})
		faults[life] = append(faults[life], aliyunsim.Fault{Operation: operation, First: 1, Trouble: aliyunsim.Cut})
	}
	return faults
}
