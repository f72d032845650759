package test

import (
	"regexp"
	"strconv"
	"testing"

	"lvyue/internal/message"
	"lvyue/internal/slacksim"
)

// sentPage is a page that got through in Slack, and the key of the message that tells of it.
type sentPage struct {
	Key      string
	Contract string
	Fault    int
	Kind     message.PageKind
	Message  string
	Folded   bool
}

var countOf = regexp.MustCompile(`一分钟内共 (\d+) 条`)

// checkPages holds the outbox against Slack: everybody was called, no message stands there twice, a message for many tells of all
// of them, and no fault has two cards.
func (a *account) checkPages(t *testing.T) {
	t.Helper()
	stands, cards := map[string][]slacksim.Message{}, map[faultAt]int{}
	for _, m := range a.posted() {
		stands[keyOf(m)] = append(stands[keyOf(m)], m)
		if f, isCard := cardOf(m); isCard {
			cards[f]++
		}
	}
	for key, all := range stands {
		if len(all) > 1 && key != "" {
			t.Errorf("%s stands %d times in Slack", key, len(all))
		}
	}
	for f, n := range cards {
		if n > 1 {
			t.Errorf("%s fault %d has %d cards", f.contract, f.n, n)
		}
	}
	called, messages, folded := map[faultAt]bool{}, map[string]int{}, map[string]int{}
	for _, p := range a.sentPages(t) {
		called[faultAt{p.Contract, p.Fault}] = true
		messages[p.Key]++
		if len(stands[p.Message]) == 0 {
			t.Errorf("page %s is said to be sent as %s, which is not in Slack", p.Key, p.Message)
		}
		if p.Folded {
			folded[p.Message]++
		}
	}
	for _, f := range a.faults {
		if !called[faultAt{f.Contract, f.Fault}] {
			t.Errorf("nobody was called for %s fault %d", f.Contract, f.Fault)
		}
	}
	for _, n := range messages {
		if n > 1 {
			a.twice++
		}
	}
	for key, n := range folded {
		if len(stands[key]) > 0 && tells(stands[key][0]) < n {
			t.Errorf("%s tells of %d pages, and stands for %d", key, tells(stands[key][0]), n)
		}
	}
}

// posted are the messages of all rooms as they stand in the end.
func (a *account) posted() []slacksim.Message {
	all := a.slack.Messages(slacksim.OncallChannel)
	for _, user := range []string{zhangOnCall, "U0ZHAO", "U0WANG", "U0LIJL", chenSales} {
		all = append(all, a.slack.Messages(a.slack.Direct(user))...)
	}
	return all
}

func (a *account) sentPages(t *testing.T) []sentPage {
	t.Helper()
	return rowsOf[sentPage](t, a.office, `
SELECT key, contract, fault, kind, message, outcome = 'folded' AS folded
FROM page JOIN page_try USING (key) JOIN page_try_end USING (key, way, number)
WHERE way = 'slack' AND outcome IN ('sent', 'folded') AND contract <> ''`)
}

// tells is of how many pages a message tells.
func tells(m slacksim.Message) int {
	found := countOf.FindStringSubmatch(m.Attachments[0].Fallback)
	if found == nil {
		return 1
	}
	n, _ := strconv.Atoi(found[1])
	return n
}
