package activities_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/drift"
	"lvyue/internal/hosting"
	"lvyue/internal/message"
)

// account holds what is tagged in each region; a region that is not there does not answer. Untagged is what only the ids
// of a contract lead to.
type account struct {
	regions  map[string][]hosting.Tagged
	untagged []hosting.Resource
	asked    []string
}

var errSilent = errors.New("no answer")

func (a *account) Tagged(_ context.Context, region string) ([]hosting.Tagged, error) {
	found, answers := a.regions[region]
	if !answers {
		return nil, errSilent
	}
	return found, nil
}

func (a *account) Find(_ context.Context, number, region string, _ []hosting.Resource) ([]hosting.Resource, error) {
	a.asked = append(a.asked, number+" in "+region)
	if _, answers := a.regions[region]; !answers {
		return nil, errSilent
	}
	return a.untagged, nil
}

// known are the contracts, each time that they are asked for.
type known struct {
	looks [][]drift.Contract
	err   error
}

func (k *known) Hosted(context.Context) ([]drift.Contract, error) {
	if k.err != nil || len(k.looks) == 0 {
		return nil, k.err
	}
	now := k.looks[0]
	if len(k.looks) > 1 {
		k.looks = k.looks[1:]
	}
	return now, nil
}

// inPatience runs an activity until it succeeds.
func inPatience(ctx workflow.Context) (drift.Report, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{InitialInterval: time.Second},
	})
	var d *activities.Drift
	var r drift.Report
	err := workflow.ExecuteActivity(ctx, d.Sweep).Get(ctx, &r)
	return r, err
}

// sweep performs the activity once.
func sweep(t *testing.T, a *account, k *known) (r drift.Report, log string, err error) {
	t.Helper()
	var lines bytes.Buffer
	d := &activities.Drift{Cloud: a, Store: k, Log: slog.New(slog.NewJSONHandler(&lines, nil))}
	env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
	env.RegisterActivity(d)
	value, err := env.ExecuteActivity(d.Sweep)
	if err == nil {
		err = value.Get(&r)
	}
	return r, lines.String(), err
}

func hosted(phase message.Phase) []drift.Contract {
	return []drift.Contract{{
		Number: "HT-1", Phase: phase, Regions: []string{"cn-hangzhou"},
		Recorded: []hosting.Resource{{Kind: hosting.Server, ID: "i-1", Region: "cn-hangzhou"}},
	}}
}

func server(number string) []hosting.Tagged {
	return []hosting.Tagged{{Contract: number, Resource: hosting.Resource{Kind: hosting.Server, ID: "i-1", Region: "cn-hangzhou"}}}
}

func TestDrift_TellsTheEngineerOnCallWhatDoesNotAgree(t *testing.T) { // §3.2 §7.2
	t.Parallel()
	for _, tt := range []struct {
		name  string
		a     account
		looks [][]drift.Contract
		want  string
	}{
		{"all is there", account{regions: map[string][]hosting.Tagged{"cn-beijing": nil, "cn-hangzhou": server("HT-1")}}, [][]drift.Contract{hosted(message.InService)}, ""},
		{"the server is gone", account{regions: map[string][]hosting.Tagged{"cn-beijing": nil, "cn-hangzhou": nil}}, [][]drift.Contract{hosted(message.InService)}, "missing HT-1 ecs i-1"},
		{
			"it has lost its tag", account{
				regions:  map[string][]hosting.Tagged{"cn-beijing": nil, "cn-hangzhou": nil},
				untagged: []hosting.Resource{{Kind: hosting.Server, ID: "i-1"}},
			}, [][]drift.Contract{hosted(message.InService)}, "",
		},
		{"another's is left over", account{regions: map[string][]hosting.Tagged{"cn-beijing": server("HT-0"), "cn-hangzhou": server("HT-1")}}, [][]drift.Contract{hosted(message.InService)}, "orphan HT-0 ecs i-1"},
		{"the destruction begins meanwhile", account{regions: map[string][]hosting.Tagged{"cn-beijing": nil, "cn-hangzhou": nil}}, [][]drift.Contract{hosted(message.Ended), hosted(message.Destroying)}, ""},
		{"it is destroyed meanwhile", account{regions: map[string][]hosting.Tagged{"cn-beijing": nil, "cn-hangzhou": server("HT-1")}}, [][]drift.Contract{hosted(message.Destroying), hosted(message.Destroyed)}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, log, err := sweep(t, &tt.a, &known{looks: tt.looks})
			if err != nil {
				t.Fatal(err)
			}
			if r.Agrees() != (tt.want == "") || (log == "") != (tt.want == "") {
				t.Errorf("the report is %+v, the log %s", r, log)
			}
			if tt.want != "" && (!strings.Contains(log, `"first":"`+tt.want+`"`) || !strings.Contains(log, `"to":"on-call"`)) {
				t.Errorf("the log says %s, want %s", log, tt.want)
			}
		})
	}
}

func TestDrift_AsksByIDOnlyForWhatSeemsToBeMissing(t *testing.T) {
	t.Parallel()
	there := &account{regions: map[string][]hosting.Tagged{"cn-beijing": nil, "cn-hangzhou": server("HT-1")}}
	if _, _, err := sweep(t, there, &known{looks: [][]drift.Contract{hosted(message.InService)}}); err != nil || len(there.asked) != 0 {
		t.Errorf("asked for %v, %v", there.asked, err)
	}
	gone := &account{regions: map[string][]hosting.Tagged{"cn-beijing": nil, "cn-hangzhou": nil}}
	if _, _, err := sweep(t, gone, &known{looks: [][]drift.Contract{hosted(message.InService)}}); err != nil || len(gone.asked) != 2 {
		t.Errorf("asked for %v, %v", gone.asked, err)
	}
}

// A region that does not answer is asked again; one that never does must not silence the others.
func TestDrift_ARegionThatNeverAnswersSilencesNoOther(t *testing.T) {
	t.Parallel()
	a := &account{regions: map[string][]hosting.Tagged{"cn-beijing": server("HT-0")}}
	k := &known{looks: [][]drift.Contract{hosted(message.InService)}}
	if _, log, err := sweep(t, a, k); err == nil || permanent(err) || log != "" {
		t.Errorf("the first try gives %v and tells %s", err, log)
	}
	env := (&testsuite.WorkflowTestSuite{}).NewTestWorkflowEnvironment()
	var log bytes.Buffer
	d := &activities.Drift{Cloud: a, Store: k, Log: slog.New(slog.NewJSONHandler(&log, nil))}
	env.RegisterActivity(d)
	env.ExecuteWorkflow(inPatience)
	var r drift.Report
	if err := env.GetWorkflowResult(&r); err != nil {
		t.Fatal(err)
	}
	if r.Found != 1 || r.Findings[0].What != drift.Orphan || len(r.Blind) != 1 || r.Blind[0].Region != "cn-hangzhou" {
		t.Errorf("got %+v", r)
	}
	if !strings.Contains(log.String(), `"region":"cn-hangzhou","why":"no answer"`) {
		t.Errorf("the log says %s", log.String())
	}
}

func TestDrift_WithoutTheContractsNothingIsSaid(t *testing.T) {
	t.Parallel()
	a := &account{regions: map[string][]hosting.Tagged{"cn-beijing": server("HT-0")}}
	if r, log, err := sweep(t, a, &known{err: errSilent}); err == nil || log != "" || r.Found != 0 {
		t.Errorf("got %+v, %v, told %s", r, err, log)
	}
}
