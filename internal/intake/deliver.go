package intake

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/serviceerror"

	"lvyue/internal/failure"
	"lvyue/internal/message"
)

// Pauses between two tries at a delivery.
const (
	firstPause = 50 * time.Millisecond
	maxPause   = 2 * time.Second
)

// Deliver takes a stored act to its contract and returns the answer, also when another way delivered it
// meanwhile. What may pass (no worker, a run that is just ending, a server that restarts) is tried again until
// ctx ends; then the failure is "stored_unanswered": nothing is lost, the relay goes on. An act that the server
// will never take is the failure "undeliverable".
func (i Intake) Deliver(ctx context.Context, act message.Act) (message.Answer, error) {
	for pause := firstPause; ; pause = min(2*pause, maxPause) {
		answer, err := i.deliverOnce(ctx, act)
		if err == nil {
			return answer, nil
		}
		if hopeless(err) {
			return message.Answer{}, undeliverable(act, err)
		}
		select {
		case <-ctx.Done():
			return message.Answer{}, unanswered(act, err)
		case <-time.After(pause):
		}
		if _, answered, err := i.Store.Submit(ctx, act); err == nil && answered != nil {
			return *answered, nil
		}
	}
}

// deliverOnce sends the act, and gives the answer for a workflow that refused or is over.
func (i Intake) deliverOnce(ctx context.Context, act message.Act) (message.Answer, error) {
	answer, err := i.send(ctx, act)
	if err == nil {
		return answer, nil
	}
	if no, refused := refusalIn(err); refused {
		return i.settle(ctx, act, message.Answer{Text: no.Text, Refusal: no})
	}
	if over(err) {
		return i.afterEnd(ctx, act, err)
	}
	return message.Answer{}, err
}

// settle stores the answer that no workflow stores; the first one stands.
func (i Intake) settle(ctx context.Context, act message.Act, answer message.Answer) (message.Answer, error) {
	stands, err := i.Store.Answer(ctx, act.ID, answer)
	if err != nil {
		return message.Answer{}, fmt.Errorf("store the answer to %s: %w", act.ID, err)
	}
	return stands, nil
}

// over tells of a workflow that has closed, or that the server has forgotten or never heard of.
func over(err error) bool {
	var unknown *serviceerror.NotFound
	var closed *serviceerror.WorkflowExecutionAlreadyStarted
	return errors.As(err, &unknown) || errors.As(err, &closed)
}

// hopeless tells of an error that no repetition can mend.
func hopeless(err error) bool {
	var (
		invalid   *serviceerror.InvalidArgument
		forbidden *serviceerror.PermissionDenied
		nowhere   *serviceerror.NamespaceNotFound
		unable    *serviceerror.Unimplemented
	)
	return errors.As(err, &invalid) || errors.As(err, &forbidden) || errors.As(err, &nowhere) || errors.As(err, &unable)
}

func unanswered(act message.Act, cause error) error {
	return failure.New("stored_unanswered", cause,
		"已收到并保存（编号 "+act.ID+"，时刻已记录），引擎尚未答复；不会丢失，引擎恢复后自动处理。用 --id "+act.ID+" 重发同一命令可查看答复",
		"received and stored (id "+act.ID+", its moment counts), but the engine has not answered yet; nothing is lost, "+
			"it is performed as soon as the engine is back. Send the same command with --id "+act.ID+" to see the answer")
}

func undeliverable(act message.Act, cause error) error {
	return failure.New("undeliverable", cause,
		"已收到并保存（编号 "+act.ID+"），但工作流服务器拒绝接收；请管理员检查命名空间和权限："+cause.Error(),
		"received and stored (id "+act.ID+"), but the workflow server will not take it; an operator must look at "+
			"namespace and permissions: "+cause.Error())
}
