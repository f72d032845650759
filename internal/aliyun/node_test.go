package aliyun

import (
	"errors"
	"testing"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
)

func instance(id, contract, number string) ecs.Instance {
	i := ecs.Instance{InstanceId: id}
	for key, value := range map[string]string{tagKey: contract, nodeTag: number} {
		if value != "" {
			i.Tags.Tag = append(i.Tags.Tag, ecs.Tag{TagKey: key, TagValue: value})
		}
	}
	return i
}

// §3.5: the servers of a cluster are known by their numbers, whatever their ids are.
func TestNodes_AreSortedByNumber(t *testing.T) {
	t.Parallel()
	const mine = "HT-2025-001"
	nodes, err := numbered(mine, []ecs.Instance{instance("i-a", mine, "10"), instance("i-b", mine, ""), instance("i-c", mine, "2"), instance("i-d", "", "3")})
	if err != nil || len(nodes) != 4 {
		t.Fatalf("%d nodes (%v)", len(nodes), err)
	}
	for i, want := range []string{"i-b", "i-c", "i-d", "i-a"} {
		if nodes[i].InstanceId != want {
			t.Errorf("node %d is %s, want %s", nodes[i].number, nodes[i].InstanceId, want)
		}
	}
}

// §3.5: which server holds the files is never guessed.
func TestNodes_ThatCannotBeToldApartAreAPersons(t *testing.T) {
	t.Parallel()
	const mine = "HT-2025-001"
	for name, servers := range map[string][]ecs.Instance{
		"none":                    nil,
		"no first":                {instance("i-a", mine, "2")},
		"two firsts":              {instance("i-a", mine, ""), instance("i-b", mine, "")},
		"two seconds":             {instance("i-a", mine, ""), instance("i-b", mine, "2"), instance("i-c", mine, "2")},
		"no number":               {instance("i-a", mine, ""), instance("i-b", mine, "two")},
		"a number below one":      {instance("i-a", mine, ""), instance("i-b", mine, "0")},
		"another contract's":      {instance("i-a", mine, ""), instance("i-b", "OTHER-1", "2")},
		"only another contract's": {instance("i-b", "OTHER-1", "")},
	} {
		_, err := numbered(mine, servers)
		var e *Error
		if !errors.As(err, &e) || !e.Permanent() || e.Refusal().Code != "aliyun_unclear" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
