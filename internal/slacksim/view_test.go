package slacksim_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"lvyue/internal/slacksim"
)

// modal opens the plan for zhang.
func modal(t *testing.T, a app) *slack.ViewResponse {
	t.Helper()
	_, ts, err := a.PostMessage(oncall, text("故障"), button("fault.plan", "方案"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.s.Click(t.Context(), zhang, oncall, ts, "fault.plan")
	if err != nil {
		t.Fatal(err)
	}
	v, err := a.OpenView(d.Field("trigger_id"), plan())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// answers acknowledges submissions by what was entered as the cause.
func answers(s seen) (any, int) {
	if s.interaction == nil || s.interaction.Type != slack.InteractionTypeViewSubmission {
		return nil, 0
	}
	request := plan()
	request.CallbackID = "second"
	switch s.interaction.View.State.Values["cause_block"]["cause"].Value {
	case " ":
		return slack.NewErrorsViewSubmissionResponse(map[string]string{"cause_block": "请写明原因"}), 0
	case "wrong":
		return slack.NewErrorsViewSubmissionResponse(map[string]string{"nothing": "x"}), 0
	case "update":
		return slack.NewUpdateViewSubmissionResponse(&request), 0
	case "push":
		return slack.NewPushViewSubmissionResponse(&request), 0
	case "clear":
		return slack.NewClearViewSubmissionResponse(), 0
	}
	return nil, 0
}

func TestSubmit_HandsOverWhatWasEntered(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, answers, func(t *testing.T, a app) {
		v := modal(t, a)
		d, err := a.s.Submit(t.Context(), v.ID, slacksim.Values{"cause": "磁盘写满", "kind_block": "cloud"})
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]string{
			"type": "view_submission", "view.id": v.ID, "view.hash": v.Hash, "view.callback_id": "fault.plan", "user.id": zhang,
			"view.private_metadata": `{"incident":"F-0012"}`, "view.state.values.cause_block.cause.value": "磁盘写满",
			"view.state.values.kind_block.kind.selected_option.value": "cloud",
		} {
			if d.Field(path) != want {
				t.Errorf("%s is %q, want %q", path, d.Field(path), want)
			}
		}
		if _, open := a.s.Modal(zhang); open {
			t.Error("the modal is still open")
		}
		if _, err := a.s.Submit(t.Context(), v.ID, nil); !errors.Is(err, slacksim.ErrCannot) {
			t.Errorf("it was submitted again: %v", err)
		}
		if again, err := a.s.Redeliver(t.Context(), d); err != nil || string(again.Payload) != string(d.Payload) {
			t.Error(err)
		}
	})
}

func TestSubmit_CarriesOutTheAnswer(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		cause string
		depth int    // modals after it
		front string // the callback of the one in front
		err   error
	}{
		"nothing":      {"ok", 0, "", nil},
		"errors":       {" ", 1, "fault.plan", nil},
		"wrong errors": {"wrong", 1, "fault.plan", slacksim.ErrBadAnswer},
		"update":       {"update", 1, "second", nil},
		"push":         {"push", 2, "second", nil},
		"clear":        {"clear", 0, "", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			transports(t, slacksim.Options{}, answers, func(t *testing.T, a app) {
				v := modal(t, a)
				d, err := a.s.Submit(t.Context(), v.ID, slacksim.Values{"cause": tt.cause})
				if !errors.Is(err, tt.err) {
					t.Fatal(err)
				}
				front, _ := a.s.Modal(zhang)
				if front.CallbackID != tt.front || (tt.depth == 2) != (front.PreviousViewID != nil && *front.PreviousViewID == v.ID) {
					t.Errorf("in front is %+v", front)
				}
				if tt.cause == " " && (d.Errors["cause_block"] != "请写明原因" || front.Errors["cause_block"] == "" || front.Hash != v.Hash) {
					t.Errorf("%+v %+v", d, front)
				}
			})
		})
	}
}

func TestSubmit_OfAnEmptyRequiredInputNeverLeavesSlack(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, answers, func(t *testing.T, a app) {
		v := modal(t, a)
		before := len(a.s.Deliveries())
		if _, err := a.s.Submit(t.Context(), v.ID, nil); !errors.Is(err, slacksim.ErrIncomplete) || len(a.s.Deliveries()) != before {
			t.Error(err)
		}
		if _, err := a.s.Submit(t.Context(), v.ID, slacksim.Values{"cuase": "x"}); !errors.Is(err, slacksim.ErrCannot) {
			t.Errorf("an input that is not there: %v", err)
		}
	})
}

func TestClose_IsToldToWhomAsksForIt(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, answers, func(t *testing.T, a app) {
		v := modal(t, a)
		d, err := a.s.CloseView(t.Context(), v.ID, false)
		if err != nil || d.Type != "view_closed" || d.Field("is_cleared") != "false" || d.Field("view.callback_id") != "fault.plan" {
			t.Errorf("%s %v", d.Payload, err)
		}
		if _, open := a.s.Modal(zhang); open {
			t.Error("it is still open")
		}
	})
}

func TestViews_AreUpdatedOnlyUnderTheirHash(t *testing.T) {
	t.Parallel()
	transports(t, slacksim.Options{}, answers, func(t *testing.T, a app) {
		v := modal(t, a)
		next := plan()
		next.CallbackID = "changed"
		changed, err := a.UpdateView(next, "", v.Hash, v.ID)
		if err != nil || changed.ID != v.ID || changed.Hash == v.Hash {
			t.Fatalf("%+v %v", changed, err)
		}
		if _, err := a.UpdateView(next, "", v.Hash, v.ID); code(err) != "hash_conflict" {
			t.Error(err)
		}
		if _, err := a.UpdateView(next, "", "", "V0NOTHING"); code(err) != "not_found" {
			t.Error(err)
		}
	})
}

func TestViews_ArePushedThreeHigh(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	serveHTTP(t, s, ok)
	a := app{client(s), s}
	v := modal(t, a)
	pick := func(view string) string {
		d, err := s.ClickView(t.Context(), zhang, view, "kind", "cloud")
		if err != nil || d.Field("container.view_id") != view || d.Field("view.state.values.kind_block.kind.selected_option.value") != "cloud" {
			t.Fatalf("%s %v", d.Payload, err)
		}
		return d.Field("trigger_id")
	}
	front := v.ID
	for _, want := range []string{"", "", "push_limit_reached"} {
		pushed, err := a.PushView(pick(front), plan())
		if code(err) != want {
			t.Fatalf("%v, want %q", err, want)
		}
		if err == nil {
			front = pushed.ID
		}
	}
}

func TestViews_AreRefusedAsSlackDoes(t *testing.T) {
	t.Parallel()
	s := start(t, slacksim.Options{})
	for name, change := range map[string]func(*slack.ModalViewRequest){
		"/view/title":            func(v *slack.ModalViewRequest) { v.Title.Text = strings.Repeat("长", 25) },
		"/view/private_metadata": func(v *slack.ModalViewRequest) { v.PrivateMetadata = strings.Repeat("x", 3001) },
		"submit":                 func(v *slack.ModalViewRequest) { v.Submit = nil },
		"/view/type":             func(v *slack.ModalViewRequest) { v.Type = slack.VTHomeTab },
	} {
		v := plan()
		change(&v)
		_, err := client(s).OpenView("1.2.3", v)
		said := slack.SlackErrorResponse{}
		as(err, &said)
		if said.Err != "invalid_arguments" || !strings.Contains(strings.Join(said.ResponseMetadata.Messages, " "), name) {
			t.Errorf("%s: %v %v", name, err, said.ResponseMetadata.Messages)
		}
	}
}
