package workflows

import (
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
)

// BooksAudit runs once a night: it checks every invariant of the books and tells finance of those that do not hold. It
// gives how many they are.
func BooksAudit(ctx workflow.Context) (int, error) {
	var books *activities.Books
	var failed int
	err := workflow.ExecuteActivity(patiently(ctx), books.Audit).Get(ctx, &failed)
	return failed, err
}
