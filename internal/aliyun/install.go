package aliyun

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"

	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// attemptKey marks an installation with the attempt of its plan, beside the contract's tag.
const attemptKey = "lvyue:install"

// longestInstall is how long the vendor lets an installation run, in seconds.
const longestInstall = 3600

// install installs the plan's products on a server that is prepared first, and tells how far that is (§1.2). One attempt is
// one errand; a failed one is refused, with the last that it said: a new attempt is a person's decision.
func (s site) install(ctx context.Context, plan hosting.Plan, server string, prepare func(context.Context) (store, bool, error)) (string, error) {
	run, err := s.carry(ctx, installation(plan), server, undelivered, func(lost int) (command, bool, error) {
		to, ready, err := prepare(ctx)
		if err != nil || !ready {
			return command{}, false, err
		}
		script, err := s.script(plan, to)
		return command{
			name: name(plan.Contract, "install"), script: script, seconds: longestInstall,
			token: token(plan, hosting.Kind("install "+strconv.Itoa(lost)+" "+server)),
		}, true, err
	})
	if err != nil || run == nil {
		return awaited, err
	}
	return s.verdict(plan, *run)
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

func installation(plan hosting.Plan) errand {
	return errand{plan.Contract, attemptKey, strconv.Itoa(plan.Attempt)}
}

// verdict is what has become of a run.
func (s site) verdict(plan hosting.Plan, r ecs.InvocationResult) (string, error) {
	done, err := s.outcome("the installation", r, s.operatorToken(plan), s.password(plan))
	switch {
	case err != nil:
		return awaited, err
	case done:
		return installed, nil
	default:
		return installing, nil
	}
}
