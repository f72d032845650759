package postgres_test

import (
	"reflect"
	"testing"
	"time"

	"lvyue/internal/drift"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/testkit"
	"lvyue/internal/workday"
)

// deployed is the evidence of a deployment that left one server.
func deployed(key, server string) message.Event {
	return message.Event{
		Key: key, At: time.Date(2025, 10, 9, 15, 0, 0, 0, workday.Shanghai), What: "deployed", Clause: "3.2", Subject: "deployment",
		Detail: message.Report{Duty: "deployment", N: 1, Resources: []hosting.Resource{{Kind: hosting.Server, ID: server, Region: "cn-shanghai"}}},
	}
}

// §3.2 §7.2: every contract is told of, also the destroyed ones, with the last deployment and every region of its forms.
func TestHostedTellsOfEveryContract(t *testing.T) {
	t.Parallel()
	store := testkit.Postgres(t)
	form := example(t)
	was := form.Hosting.Region
	register(t, store, "A-FORM-ONLY")
	for number, phase := range map[string]message.Phase{"B-SERVED": message.InService, "C-GONE": message.Destroyed} {
		register(t, store, number)
		record(t, store, message.Record{Contract: number, Events: []message.Event{
			{Key: "c", What: "phase", Changed: message.Changed{Contract: &message.ContractRow{Number: number, Phase: phase}}},
		}})
	}
	record(t, store, message.Record{Contract: "B-SERVED", Events: []message.Event{deployed("1", "i-old"), deployed("2", "i-new")}})
	form.Number, form.Hosting.Region = "B-SERVED", "cn-shanghai"
	if err := store.KeepAmendedForm(t.Context(), form); err != nil {
		t.Fatal(err)
	}
	got, err := store.Hosted(t.Context())
	want := []drift.Contract{
		{Number: "A-FORM-ONLY", Phase: message.Signing, Regions: []string{was}, Recorded: []hosting.Resource{}},
		{Number: "B-SERVED", Phase: message.InService, Regions: []string{was, "cn-shanghai"}, Recorded: []hosting.Resource{
			{Kind: hosting.Server, ID: "i-new", Region: "cn-shanghai"},
		}},
		{Number: "C-GONE", Phase: message.Destroyed, Regions: []string{was}, Recorded: []hosting.Resource{}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}
