package aliyunsim

import (
	"encoding/json"
	"slices"
	"strconv"

	"lvyue/internal/hosting"
)

// noPolicy is the vendor's code for a policy that is not there: alone among its like, it does not say so.
const noPolicy = "ParameterInvalid"

// schedule is when a policy takes snapshots, in the vendor's words: JSON lists of hours (0–23) and of weekdays
// (1 is Monday). Days is how long they are kept, -1 for ever. No snapshot is ever taken here: nothing is done that
// nobody asks for.
type schedule struct {
	Times    string `json:"times"`
	Weekdays string `json:"weekdays"`
	Days     int    `json:"days"`
}

func createPolicy(s *state, c call) (answer, error) {
	days := c.number("retentionDays")
	switch {
	case !lists(c.text("timePoints"), 0, 23):
		return nil, invalid("The value of timePoints is not valid.")
	case !lists(c.text("repeatWeekdays"), 1, 7):
		return nil, invalid("The value of repeatWeekdays is not valid.")
	case days != -1 && (days < 1 || days > 65536):
		return nil, invalid("The value of retentionDays is not valid.")
	}
	t := s.add("sp-", "", thing{
		Kind: hosting.SnapshotPolicy, Region: c.region(), Name: c.text("autoSnapshotPolicyName"), Tags: c.tags(),
		Schedule:  &schedule{Times: c.text("timePoints"), Weekdays: c.text("repeatWeekdays"), Days: days},
		CreatedAt: c.now, ReadyAt: c.now,
	})
	return answer{"AutoSnapshotPolicyId": t.ID}, nil
}

// lists reports whether the text is a JSON list of numbers, each written as text and within the bounds.
func lists(text string, least, most int) bool {
	var entries []string
	if err := json.Unmarshal([]byte(text), &entries); err != nil || len(entries) == 0 {
		return false
	}
	return !slices.ContainsFunc(entries, func(entry string) bool {
		n, err := strconv.Atoi(entry)
		return err != nil || n < least || n > most
	})
}

// namedDisks finds every disk of diskIds, or refuses.
func (s *state) namedDisks(c call) ([]*thing, error) {
	ids, err := c.jsonIDs("diskIds")
	if err != nil {
		return nil, err
	}
	var disks []*thing
	for _, id := range ids {
		t, err := s.get(hosting.Disk, c.region(), id, noDisk)
		if err != nil {
			return nil, err
		}
		disks = append(disks, t)
	}
	return disks, nil
}

// applyPolicy takes the place of the policy that a disk had.
func applyPolicy(s *state, c call) (answer, error) {
	policy, err := s.get(hosting.SnapshotPolicy, c.region(), c.text("autoSnapshotPolicyId"), noPolicy)
	if err != nil {
		return nil, err
	}
	disks, err := s.namedDisks(c)
	for _, t := range disks {
		t.Volume.Policy = policy.ID
	}
	return answer{}, err
}

// cancelPolicy takes the named policy off the disks, or any when none is named.
func cancelPolicy(s *state, c call) (answer, error) {
	disks, err := s.namedDisks(c)
	for _, t := range disks {
		if id := c.text("autoSnapshotPolicyId"); id == "" || id == t.Volume.Policy {
			t.Volume.Policy = ""
		}
	}
	return answer{}, err
}

// deletePolicy also takes the policy off the disks that it was applied to.
func deletePolicy(s *state, c call) (answer, error) {
	policy, err := s.get(hosting.SnapshotPolicy, c.region(), c.text("autoSnapshotPolicyId"), noPolicy)
	if err != nil {
		return nil, err
	}
	for _, t := range s.under(policy) {
		t.Volume.Policy = ""
	}
	delete(s.Things, policy.ID)
	return answer{}, nil
}

// under gives the disks that the policy is applied to.
func (s *state) under(policy *thing) []*thing {
	return s.list(filter{kind: hosting.Disk, only: func(t *thing) bool { return t.Volume.Policy == policy.ID }}, policy.Region)
}

func describePolicies(s *state, c call) (answer, error) {
	f := filter{kind: hosting.SnapshotPolicy, ids: words(c.text("AutoSnapshotPolicyId")), tags: c.tags()}
	p, err := c.page(s.list(f, c.region()), page{defaultSize: 10, limit: 100})
	if err != nil {
		return nil, err
	}
	return answer{
		"PageNumber": p.number, "PageSize": p.size, "TotalCount": p.of,
		"AutoSnapshotPolicies": answer{"AutoSnapshotPolicy": p.each(func(t *thing) answer {
			return answer{
				"AutoSnapshotPolicyId": t.ID, "AutoSnapshotPolicyName": t.Name, "RegionId": t.Region, "Status": t.status(c.now),
				"TimePoints": t.Schedule.Times, "RepeatWeekdays": t.Schedule.Weekdays, "RetentionDays": t.Schedule.Days,
				"DiskNums": len(s.under(t)), "CreationTime": instant(t.CreatedAt),
				"Tags": answer{"Tag": pairs(t.Tags, "TagKey", "TagValue")},
			}
		})},
	}, nil
}
