package aliyunsim

import (
	"time"

	"lvyue/internal/hosting"
)

// status is the vendor's word for the state of a thing. Databases and snapshots change by themselves.
func (t *thing) status(now time.Time) string {
	switch t.Kind {
	case hosting.Database:
		if t.Change != nil && now.Before(t.Change.Until) {
			return "DBInstanceClassChanging"
		}
		return either(now.Before(t.ReadyAt), "Creating", running)
	case hosting.Server:
		return either(t.Stopped, stopped, running)
	case hosting.Disk:
		return either(t.Instance != "", "In_use", "Available")
	case hosting.EIP:
		return either(t.Instance != "", "InUse", "Available")
	case hosting.Snapshot:
		return either(now.Before(t.ReadyAt), "progressing", "accomplished")
	case hosting.Backup:
		return "Success"
	case hosting.LoadBalancer:
		return "active"
	case hosting.SnapshotPolicy:
		return "Normal"
	default:
		return "Available"
	}
}

func either(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}
