package rehearsal

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"lvyue/internal/failure"
	"lvyue/internal/message"
)

// round is what one pass over the contract and its works found, and what the vendor's books say.
type round struct {
	Contract stand            `json:"contract"`
	Works    map[string]stand `json:"works"`
	Ordered  int              `json:"ordered"`
	Left     int              `json:"left"`
}

// stand is where a workflow stands. Of one that is closed there is nothing to ask.
type stand struct {
	message.Advanced

	Closed bool `json:"closed"`
}

// settle moves the clock to the instant and goes round the workflows until a whole round changes nothing: then
// all that the instant asks for is done, and nothing is in flight.
func (p *play) settle(ctx context.Context, at time.Time) error {
	p.clock.move(at)
	p.now = at
	for last := ""; ; {
		r, err := p.goRound(ctx, at)
		if err != nil {
			return err
		}
		mark, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("compare two rounds: %w", err)
		}
		if !r.busy() && (len(r.Works) == 0 || string(mark) == last) {
			p.last = r
			return p.show(ctx)
		}
		last = string(mark)
	}
}

func (p *play) goRound(ctx context.Context, at time.Time) (round, error) {
	contract, err := p.advance(ctx, p.contract, at)
	r := round{Contract: contract, Works: map[string]stand{}}
	for _, id := range contract.Works {
		if err == nil {
			r.Works[id], err = p.advance(ctx, id, at)
		}
	}
	r.Ordered, r.Left = p.cloud.Created(), p.cloud.Left()
	return r, err
}

func (r round) busy() bool {
	busy := r.Contract.Busy
	for _, work := range r.Works {
		busy = busy || work.Busy
	}
	return busy
}

// next is the next instant at which one of the workflows has something due.
func (r round) next() time.Time {
	next := r.Contract.Next
	for _, work := range r.Works {
		next = earliest(next, work.Next)
	}
	return next
}

// advance moves one workflow's clock and waits until it has done all that is due. It is asked again for as long
// as patience lasts: a workflow may be between two runs, not begun yet, or without a worker. Asking twice is
// harmless, since a clock never goes back.
func (p *play) advance(ctx context.Context, id string, at time.Time) (stand, error) {
	const first, longest = 2 * time.Millisecond, 500 * time.Millisecond
	giveUp := time.Now().Add(p.Patience)
	for wait := first; ; wait = min(2*wait, longest) {
		advanced, err := p.ask(ctx, id, at)
		if err == nil {
			return stand{Advanced: advanced}, nil
		}
		if closed, _ := p.closed(ctx, id); closed { // not knowing means asking again
			return stand{Closed: true}, nil
		}
		if hopeless(err) || time.Now().After(giveUp) {
			return stand{}, stuck(id, at, err)
		}
		select {
		case <-ctx.Done():
			return stand{}, fmt.Errorf("move the clock of %s: %w", id, ctx.Err())
		case <-time.After(wait):
		}
	}
}

func (p *play) ask(ctx context.Context, id string, at time.Time) (message.Advanced, error) {
	const longest = 20 * time.Second
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	var advanced message.Advanced
	handle, err := p.Client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		WorkflowID: id, UpdateID: uuid.NewString(), UpdateName: message.AdvanceUpdate, Args: []any{at},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = handle.Get(ctx, &advanced)
	}
	if err != nil {
		return message.Advanced{}, fmt.Errorf("advance: %w", err)
	}
	return advanced, nil
}

// closed tells whether the last run of a workflow is over.
func (s *stage) closed(ctx context.Context, id string) (bool, error) {
	described, err := s.Client.DescribeWorkflowExecution(ctx, id, "")
	if err != nil {
		return false, fmt.Errorf("describe %s: %w", id, err)
	}
	return described.GetWorkflowExecutionInfo().GetStatus() != enums.WORKFLOW_EXECUTION_STATUS_RUNNING, nil
}

// stuck is the failure of a workflow that does not get on; the server's UI shows why.
func stuck(id string, at time.Time, cause error) error {
	when := at.Format(time.RFC3339)
	return failure.New("rehearsal_stuck", cause,
		"演练停在 "+when+"：工作流 "+id+" 没有进展，请在 Temporal 界面查看原因",
		"the rehearsal is stuck at "+when+": the workflow "+id+" does not get on; the Temporal UI shows why")
}

// hopeless tells whether asking again cannot help: the workflow was not started as a rehearsal.
func hopeless(err error) bool {
	var application *temporal.ApplicationError
	return errors.As(err, &application) && application.Type() == "not_rehearsed"
}
