package aliyun

import (
	"context"
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// attemptKey marks an installation with the attempt of its plan, beside the contract's tag.
const attemptKey = "lvyue:install"

// longestInstall is how long the vendor lets an installation run, in seconds.
const longestInstall = 3600

// install installs the plan's products on a server that is prepared first, and tells how far that is (§1.2). One attempt is one run: it is found again by its
// tags, or repeated under its token. A run that never reached the server is no run. A failed one is refused, with the last
// that it said; a new attempt is a person's decision.
func (s site) install(ctx context.Context, plan hosting.Plan, server string, prepare func(context.Context) (store, bool, error)) (string, error) {
	runs, err := s.runs(ctx, installation(plan), server, "")
	if err != nil {
		return awaited, err
	}
	lost := 0
	for _, r := range runs {
		if !undelivered(r) {
			return s.verdict(plan, r)
		}
		lost++
	}
	store, ready, err := prepare(ctx)
	if err != nil || !ready {
		return awaited, err
	}
	id, err := s.run(ctx, plan, server, store, lost)
	if err != nil {
		return awaited, err
	}
	runs, err = s.runs(ctx, installation(plan), server, id)
	if err != nil || len(runs) == 0 || undelivered(runs[0]) {
		return awaited, err
	}
	return s.verdict(plan, runs[0])
}

// run sends the installation to the server. Its token counts those that were lost before, so that one which was not lost is
// never sent twice.
func (s site) run(ctx context.Context, plan hosting.Plan, server string, to store, lost int) (string, error) {
	script, err := s.script(plan, to)
	if err != nil {
		return "", err
	}
	request, response := ecs.CreateRunCommandRequest(), ecs.CreateRunCommandResponse()
	request.Type, request.Name = "RunShellScript", name(plan.Contract, "install")
	request.InstanceId, request.Timeout = &[]string{server}, requests.NewInteger(longestInstall)
	request.ContentEncoding = "Base64"
	// In the body, since it holds a password and a token, and URLs find their way into logs.
	request.FormParams["CommandContent"] = base64.StdEncoding.EncodeToString([]byte(script))
	request.ClientToken = token(plan, hosting.Kind("install "+strconv.Itoa(lost)+" "+server))
	request.Tag = &[]ecs.RunCommandTag{{Key: tagKey, Value: plan.Contract}, {Key: attemptKey, Value: strconv.Itoa(plan.Attempt)}}
	err = s.do(ctx, s.region, request, response)
	return response.InvokeId, err
}

// plainWord is what may stand in a script as it is.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9._:/,%@+=-]+$`)

// script is the installation: whose files and which database, whose token, which parameters (§3.10), and then exactly the
// enabled products (§1.2). It may run twice.
func (s site) script(plan hosting.Plan, to store) (string, error) {
	lines := []string{"set -eu"}
	if to.files != "" {
		lines = append(lines, "suite join "+to.files)
	}
	lines = append(lines,
		strings.Join([]string{"suite database", to.host, to.port, storeName, storeUser, to.password}, " "),
		"suite token "+s.operatorToken(plan),
	)
	tuned, err := tuning(plan)
	if err != nil {
		return "", err
	}
	lines = append(lines, tuned...)
	for _, product := range plan.Products {
		lines = append(lines, product.Install...)
	}
	return strings.Join(lines, "\n") + "\n", nil
}

// tuning are the commands that set the parameters (§3.10).
func tuning(plan hosting.Plan) ([]string, error) {
	var lines []string
	for _, set := range plan.Settings {
		if !plainWord.MatchString(set.Name) || !plainWord.MatchString(set.Value) {
			return nil, &Error{Action: "RunCommand", Message: fmt.Sprintf("the parameter %q = %q is no plain word", set.Name, set.Value), class: refused}
		}
		lines = append(lines, "suite set "+set.Name+" "+set.Value)
	}
	return lines, nil
}

func (s site) operatorToken(plan hosting.Plan) string {
	return suite.Token(s.config.Secret, plan.Contract, "operator")
}

// errand is a command, or one try of it, that is found again by its tags: the contract's, and one of its own.
type errand struct{ contract, key, value string }

func installation(plan hosting.Plan) errand {
	return errand{plan.Contract, attemptKey, strconv.Itoa(plan.Attempt)}
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

// verdict is what has become of a run.
func (s site) verdict(plan hosting.Plan, r ecs.InvocationResult) (string, error) {
	switch r.InvocationStatus {
	case "Success":
		return installed, nil
	case "Pending", "Running", "Scheduled", "Stopping":
		return installing, nil
	}
	said := strings.NewReplacer(s.operatorToken(plan), "[redacted]", s.password(plan), "[redacted]").Replace(lastLines(r.Output))
	return awaited, &Error{Action: "RunCommand", class: refused, Message: s.secrets.redact(fmt.Sprintf(
		"the installation on %s failed: %s, exit code %d: %s", r.InstanceId, r.InvocationStatus, r.ExitCode, said))}
}

// mostLines is how much of what a failed installation said is told; the last lines say why.
const mostLines = 5

func lastLines(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return brief(strings.Join(lines[max(0, len(lines)-mostLines):], " | "))
}
