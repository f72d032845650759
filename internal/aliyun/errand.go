package aliyun

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
)

// errand is a command, or one try of it, that is found again by its tags: the contract's, and one of its own.
type errand struct{ contract, key, value string }

// command is what is sent to a server for an errand. A seconds of 0 leaves the vendor its own limit. Commands under one token
// are one command.
type command struct {
	name, script, token string
	seconds             int
}

// carry has an errand done on a server, once, and gives the run that stands for it; nil while there is none. One that was
// sent before is found again. A lost run is none: the next command is told how many those are, so that one which was not lost
// is never sent twice.
func (s site) carry(
	ctx context.Context, of errand, server string, lost func(ecs.InvocationResult) bool, next func(lost int) (c command, ready bool, err error),
) (*ecs.InvocationResult, error) {
	runs, err := s.runs(ctx, of, server, "")
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		if !lost(r) {
			return &r, nil
		}
	}
	c, ready, err := next(len(runs))
	if err != nil || !ready {
		return nil, err
	}
	id, err := s.send(ctx, of, server, c)
	if err != nil {
		return nil, err
	}
	if runs, err = s.runs(ctx, of, server, id); err != nil || len(runs) == 0 || undelivered(runs[0]) {
		return nil, err
	}
	return &runs[0], nil
}

func (s site) send(ctx context.Context, of errand, server string, c command) (string, error) {
	request, response := ecs.CreateRunCommandRequest(), ecs.CreateRunCommandResponse()
	request.Type, request.Name, request.ContentEncoding = "RunShellScript", c.name, "Base64"
	request.InstanceId = &[]string{server}
	if c.seconds > 0 {
		request.Timeout = requests.NewInteger(c.seconds)
	}
	// In the body, since scripts hold passwords and tokens, and URLs find their way into logs.
	request.FormParams["CommandContent"] = base64.StdEncoding.EncodeToString([]byte(c.script))
	request.ClientToken = c.token
	request.Tag = &[]ecs.RunCommandTag{{Key: tagKey, Value: of.contract}, {Key: of.key, Value: of.value}}
	err := s.do(ctx, s.region, request, response)
	return response.InvokeId, err
}

// runs are the results of a command on a server: of one run by its id, or else of all that bear its tags. The vendor tells
// of the last four weeks.
func (s site) runs(ctx context.Context, of errand, server, id string) ([]ecs.InvocationResult, error) {
	return pages(func(page int) ([]ecs.InvocationResult, int, error) {
		request, response := ecs.CreateDescribeInvocationResultsRequest(), ecs.CreateDescribeInvocationResultsResponse()
		request.PageNumber, request.PageSize = requests.NewInteger(page), requests.NewInteger(pageSize)
		request.InstanceId, request.InvokeId, request.ContentEncoding = server, id, "PlainText"
		if id == "" {
			request.Tag = &[]ecs.DescribeInvocationResultsTag{{Key: tagKey, Value: of.contract}, {Key: of.key, Value: of.value}}
		}
		err := s.do(ctx, s.region, request, response)
		return response.Invocation.InvocationResults.InvocationResult, int(response.Invocation.TotalCount), err
	})
}

// undelivered reports whether the command never began, because the server or the vendor's agent on it was not up.
func undelivered(r ecs.InvocationResult) bool {
	switch r.ErrorCode {
	case "InstanceNotRunning", "ClientNotRunning", "ClientNotResponse", "ClientIsUpgrading", "DeliveryTimeout":
		return true
	}
	return false
}

// outcome tells whether a run that reached its server is over and went well. One that failed is refused, with the last that it
// said, in which what is hidden cannot be read.
func (s site) outcome(what string, r ecs.InvocationResult, hidden ...string) (bool, error) {
	switch r.InvocationStatus {
	case "Success":
		return true, nil
	case "Pending", "Running", "Scheduled", "Stopping":
		return false, nil
	}
	said := lastLines(r.Output)
	for _, secret := range hidden {
		said = strings.ReplaceAll(said, secret, "[redacted]")
	}
	return false, &Error{Action: "RunCommand", class: refused, Message: s.secrets.redact(fmt.Sprintf(
		"%s on %s failed: %s, exit code %d: %s", what, r.InstanceId, r.InvocationStatus, r.ExitCode, said))}
}

// mostLines is how much of what a failed command said is told; the last lines say why.
const mostLines = 5

func lastLines(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return brief(strings.Join(lines[max(0, len(lines)-mostLines):], " | "))
}
