package postgres_test

import (
	"testing"

	"lvyue/internal/hosting"
)

func TestProgress_IsWhatTheLastLookFound(t *testing.T) { // §3.2
	t.Parallel()
	store, number := registered(t)
	first := []hosting.Resource{{Kind: hosting.VPC, ID: "vpc-1", Status: "Pending"}}
	second := []hosting.Resource{{Kind: hosting.VPC, ID: "vpc-1", Status: "Available", Usable: true}, {Kind: hosting.EIP, ID: "eip-1", Address: "47.1.2.3"}}
	for _, pieces := range [][]hosting.Resource{first, second} {
		if err := store.KeepProgress(t.Context(), number, "deployment", pieces); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.KeepProgress(t.Context(), number, "destruction", nil); err != nil {
		t.Fatal(err)
	}
	view, err := store.View(t.Context(), number)
	if err != nil || len(view.Progress) != 2 {
		t.Fatalf("got %+v, %v", view.Progress, err)
	}
	deployment, destruction := view.Progress[0], view.Progress[1]
	if len(deployment.Pieces) != 2 || deployment.Pieces[0] != second[0] || deployment.Pieces[1] != second[1] || deployment.LookedAt.IsZero() {
		t.Errorf("the deployment is %+v", deployment)
	}
	if len(destruction.Pieces) != 0 || destruction.Duty != "destruction" {
		t.Errorf("the destruction is %+v", destruction)
	}
	if err := store.KeepProgress(t.Context(), "HT-UNKNOWN", "deployment", first); err == nil {
		t.Error("a contract that nobody knows has progress")
	}
}
