package aliyun

import (
	"context"

	"lvyue/internal/hosting"
)

// affordsGrowth refuses while the balance is below the price of the steps: for a month of what is pay-as-you-go, or less where
// the term ends sooner; whole for what is paid ahead.
func (s site) affordsGrowth(ctx context.Context, g hosting.Growth, grow []priced) error {
	now := s.now()
	price, err := s.priceOf(ctx, grow, min(hoursTo(g.Until, now), monthHours), now)
	if err != nil {
		return err
	}
	return s.covers(ctx, "Grow", price.Amount)
}

// cancelLeftOver cancels the orders that an earlier look could not pay.
func (s site) cancelLeftOver(ctx context.Context, todo steps) error {
	var ahead []string
	for _, d := range todo.disks {
		if d.ahead() {
			ahead = append(ahead, d.DiskId)
		}
	}
	for _, t := range todo.types {
		if t.ahead() {
			ahead = append(ahead, t.InstanceId)
		}
	}
	for _, d := range todo.databases {
		if d.ahead() {
			ahead = append(ahead, d.DBInstanceId)
		}
	}
	if len(ahead) == 0 {
		return nil
	}
	return s.cancelUnpaid(ctx, ahead)
}

// purchase buys every step. The servers are switched off last, when all that needs them running is done, and the database,
// which may take an hour, has its size.
func (s site) purchase(ctx context.Context, g hosting.Growth, todo steps) error {
	for _, d := range todo.disks {
		if err := s.resizeDisk(ctx, g, d); err != nil {
			return err
		}
	}
	for _, d := range todo.databases {
		if err := s.resizeDatabase(ctx, d); err != nil {
			return err
		}
	}
	if len(todo.types) == 0 {
		return nil
	}
	return s.changeTypes(ctx, g)
}

// changeTypes makes one server after the other another type, so that of a cluster never more than one is off (§3.5).
func (s site) changeTypes(ctx context.Context, g hosting.Growth) error {
	have, err := s.extent(ctx, g)
	for lacked := len(have.servers) + 1; err == nil; {
		todo := have.lacking(g)
		up, err := s.startGrown(ctx, g, have)
		if err != nil || !up || len(todo.disks)+len(todo.databases) > 0 || todo.busy || len(todo.types) == 0 || len(todo.types) == lacked {
			return err // the next look
		}
		lacked = len(todo.types)
		if err := s.changeType(ctx, g, begun(todo.types)); err != nil {
			return err
		}
		if have, err = s.extent(ctx, g); err != nil {
			return err
		}
	}
	return err
}

// begun is the server that an earlier look stopped already, or the first.
func begun(servers []typeStep) typeStep {
	for _, t := range servers {
		if t.Status != running {
			return t
		}
	}
	return servers[0]
}
