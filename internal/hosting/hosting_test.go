package hosting_test

import (
	"testing"

	"lvyue/internal/hosting"
)

func TestReady_NeedsEveryKindUsable(t *testing.T) {
	t.Parallel()
	var pieces []hosting.Resource
	for _, kind := range hosting.Kinds() {
		if hosting.Ready(pieces) {
			t.Errorf("ready without a %s", kind)
		}
		pieces = append(pieces, hosting.Resource{Kind: kind, ID: string(kind) + "-1", Usable: true})
	}
	if !hosting.Ready(pieces) {
		t.Error("a complete deployment is not ready")
	}
	pieces = append(pieces, hosting.Resource{Kind: hosting.Server, ID: "ecs-2", Status: "Pending"})
	if hosting.Ready(pieces) {
		t.Error("ready while a second server is still starting")
	}
}

func TestPlan_PlacedFillsInBeijing(t *testing.T) {
	t.Parallel()
	if p := (hosting.Plan{}).Placed(); p.Region != hosting.DefaultRegion || p.Zone != "cn-beijing-h" {
		t.Errorf("an unplaced plan goes to %s/%s", p.Region, p.Zone)
	}
	if p := (hosting.Plan{Region: "cn-hangzhou"}).Placed(); p.Zone != "cn-hangzhou-h" {
		t.Errorf("a plan with a region alone goes to zone %s", p.Zone)
	}
	if p := (hosting.Plan{Region: "cn-hangzhou", Zone: "cn-hangzhou-k"}).Placed(); p.Zone != "cn-hangzhou-k" {
		t.Errorf("a placed plan moved to %s", p.Zone)
	}
}
