package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"lvyue/activities"
	"lvyue/internal/backup"
	"lvyue/internal/workday"
)

const (
	// copiesAtOnce is how many contracts are copied side by side.
	copiesAtOnce = 4
	// copyAgain passes before copies that failed are tried again, for as long as sweepLongest after the beginning: the next
	// night's sweep must find this one over.
	copyAgain    = time.Hour
	sweepLongest = 20 * time.Hour
)

// Backup runs once a night (§3.9): it makes the day's copy of every contract in service, a page of them in each run, forgets what
// is no longer kept, restores what is due for proof, and looks for gaps. What failed is tried again every hour.
func Backup(ctx workflow.Context, s backup.Sweep) (backup.Report, error) {
	if s.Begun.IsZero() {
		s.Begun = workflow.Now(ctx)
		s.Report.Day = workday.Of(s.Begun)
	}
	var offsite *activities.Offsite
	var due backup.Due
	page := backup.Page{Day: s.Report.Day, After: s.After}
	if err := workflow.ExecuteActivity(patiently(ctx), offsite.DueCopies, page).Get(ctx, &due); err != nil {
		return s.Report, err
	}
	if due.Last != "" {
		copyAll(ctx, &s, due.Contracts)
		s.After = due.Last
		return s.Report, workflow.NewContinueAsNewError(ctx, Backup, s)
	}
	return watch(ctx, s)
}

// copyAll makes the copies of a page.
func copyAll(ctx workflow.Context, s *backup.Sweep, contracts []string) {
	room := workflow.NewSemaphore(ctx, copiesAtOnce)
	all := workflow.NewWaitGroup(ctx)
	for _, number := range contracts {
		if err := room.Acquire(ctx, 1); err != nil {
			break // the sweep is no longer wanted; what was not begun is due tomorrow
		}
		all.Add(1)
		workflow.Go(ctx, func(ctx workflow.Context) {
			defer all.Done()
			defer room.Release(1)
			copyOne(ctx, s, number)
		})
	}
	all.Wait(ctx)
}

// copyOne makes a copy and counts it. No contract's trouble touches another's copy.
func copyOne(ctx workflow.Context, s *backup.Sweep, number string) {
	var offsite *activities.Offsite
	ctx = offCloud(ctx)
	order := backup.Order{Contract: number, Day: s.Report.Day}
	if err := workflow.ExecuteActivity(ctx, offsite.CopyOffsite, order).Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Error("an off-site copy failed", "contract", number, "error", err)
		s.Failed++
		return
	}
	s.Report.Copied++
	if err := workflow.ExecuteActivity(ctx, offsite.ForgetCopies, order).Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Error("old off-site copies were not forgotten", "contract", number, "error", err)
	}
	drill := backup.DrillOrder{Contract: number, At: workflow.Now(ctx)}
	var isDue bool
	if err := workflow.ExecuteActivity(ctx, offsite.DrillDue, drill).Get(ctx, &isDue); err != nil || !isDue {
		return
	}
	if err := workflow.ExecuteActivity(ctx, offsite.DrillCopy, drill).Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Error("an off-site copy was not restored for proof", "contract", number, "error", err)
		return
	}
	s.Report.Drilled++
}

// watch looks for gaps when all contracts were looked at, and begins another round if copies failed.
func watch(ctx workflow.Context, s backup.Sweep) (backup.Report, error) {
	var offsite *activities.Offsite
	err := workflow.ExecuteActivity(offCloud(ctx), offsite.WatchCopies, workflow.Now(ctx)).Get(ctx, &s.Report.Gaps)
	if err != nil {
		return s.Report, err
	}
	s.Report.Failed = s.Failed
	if s.Failed == 0 || workflow.Now(ctx).Sub(s.Begun) >= sweepLongest {
		return s.Report, nil
	}
	if err := workflow.Sleep(ctx, copyAgain); err != nil {
		return s.Report, err
	}
	s.After, s.Failed = "", 0
	return s.Report, workflow.NewContinueAsNewError(ctx, Backup, s)
}

// BackupCopy makes the copy of one contract, on demand: today's, unless a day is named.
func BackupCopy(ctx workflow.Context, order backup.Order) (backup.Copy, error) {
	var offsite *activities.Offsite
	var made backup.Copy
	if order.Day.IsZero() {
		order.Day = workday.Of(workflow.Now(ctx))
	}
	err := workflow.ExecuteActivity(offCloud(ctx), offsite.CopyOffsite, order).Get(ctx, &made)
	return made, err
}

// BackupDrill restores a copy of one contract for proof, on demand.
func BackupDrill(ctx workflow.Context, order backup.DrillOrder) (backup.Drill, error) {
	var offsite *activities.Offsite
	var drill backup.Drill
	order.At = workflow.Now(ctx)
	err := workflow.ExecuteActivity(offCloud(ctx), offsite.DrillCopy, order).Get(ctx, &drill)
	return drill, err
}

// offCloud is for what moves all data of a contract: it may take hours, and is tried three times. What a copy has done is kept,
// so that the next try goes on.
func offCloud(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 12 * time.Hour,
		HeartbeatTimeout:    3 * activities.Heartbeat,
		WaitForCancellation: true,
		RetryPolicy:         &temporal.RetryPolicy{InitialInterval: 10 * time.Second, MaximumInterval: 5 * time.Minute, MaximumAttempts: 3},
	})
}
