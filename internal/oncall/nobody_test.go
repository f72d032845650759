package oncall_test

import (
	"errors"
	"testing"

	"lvyue/internal/oncall"
	"lvyue/internal/refusal"
)

func TestOrNobody_StandsInForARotaThatNobodyHasSetAlone_4_1(t *testing.T) {
	t.Parallel()
	set := oncall.Rota{Version: 3}
	away, other := errors.New("the database does not answer"), refusal.Rule("other", "4.1", "别的。", "another")
	for name, c := range map[string]struct {
		read error
		want error
		rota int64
	}{
		"set": {nil, nil, 3}, "none": {oncall.NoRota(), nil, 0}, "away": {away, away, 3}, "refused otherwise": {other, other, 3},
	} {
		got, err := oncall.OrNobody(set, c.read)
		if !errors.Is(err, c.want) || got.Version != c.rota {
			t.Errorf("%s: version %d, %v", name, got.Version, err)
		}
	}
}
