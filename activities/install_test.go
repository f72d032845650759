package activities_test

import (
	"context"
	"testing"

	"go.temporal.io/sdk/testsuite"

	"lvyue/activities"
	"lvyue/internal/hosting"
	"lvyue/internal/suite"
)

// placed is a vendor at which the system stands so.
type placed struct {
	activities.Cloud

	status string
}

func (p placed) Ensure(context.Context, hosting.Plan) ([]hosting.Resource, error) {
	return []hosting.Resource{{Kind: hosting.System, Address: "192.0.2.1", Status: p.status}}, nil
}

// answering is a system that answers with all that the plan has.
type answering struct{ activities.Systems }

func (answering) Describe(context.Context, string, string) (suite.Description, error) {
	return suite.Description{}, nil
}

// The first products answer while the last are still being installed, which may fail.
func TestHosting_AsksNoSystemThatIsStillBeingInstalled_3_2(t *testing.T) {
	t.Parallel()
	for status, usable := range map[string]bool{"Waiting": false, "Installing": false, hosting.Installed: true} {
		h := &activities.Hosting{Cloud: placed{status: status}, Systems: answering{}}
		env := (&testsuite.WorkflowTestSuite{}).NewTestActivityEnvironment()
		env.RegisterActivity(h)
		answer, err := env.ExecuteActivity(h.Deploy, hosting.Plan{})
		var found []hosting.Resource
		if err == nil {
			err = answer.Get(&found)
		}
		if err != nil || len(found) != 1 || found[0].Usable != usable {
			t.Errorf("%s: %+v (%v), want usable %v", status, found, err, usable)
		}
	}
}
