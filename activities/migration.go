package activities

import (
	"context"
	"errors"
	"io"
	"strings"

	"lvyue/internal/handover"
	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
	"lvyue/internal/suite"
)

// MovingSystems are systems whose data moves: a customer's old one, and the contract's own (§3.7, §3.8). Each is named by its
// host and the contract whose token it takes.
type MovingSystems interface {
	Describe(ctx context.Context, host, contract string) (suite.Description, error)
	Counts(ctx context.Context, host, contract string) (suite.Counts, error)
	// Freeze lets a system take no changes, or take them again.
	Freeze(ctx context.Context, host, contract string, frozen bool) error
	Database(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error)
	Files(ctx context.Context, host, contract string, from suite.Mark) (suite.Stream, error)
	// PutDatabase and PutFiles replace what the system has by size bytes; what breaks off leaves it as it was.
	PutDatabase(ctx context.Context, host, contract string, dump io.Reader, size int64) error
	PutFiles(ctx context.Context, host, contract string, archive io.Reader, size int64) error
}

// Exports is where packages for customers that leave are kept.
type Exports interface {
	// Export makes the package that is ordered and reads it back; one that is there is given as it is.
	Export(ctx context.Context, o handover.Order) (handover.Package, error)
	// Destroy deletes all packages of a contract and gives what is left, as Left does.
	Destroy(ctx context.Context, contract string) ([]hosting.Resource, error)
	Left(ctx context.Context, contract string) ([]hosting.Resource, error)
}

// Migration moves customers' data onto the cloud and off it. Exports is nil where no store is set.
type Migration struct {
	Systems MovingSystems
	Exports Exports
}

// MoveOrder names two systems of a contract: data goes from the one at the host From to the one at To. Frozen: the old one was
// frozen before, so that both must count the same to the byte.
type MoveOrder struct {
	Contract string `json:"contract"`
	From     string `json:"from"`
	To       string `json:"to"`
	Frozen   bool   `json:"frozen,omitempty"`
}

// Copy replaces the data of one system by that of another, and compares what both count (§3.7). Nothing of the old one is
// changed. A 32-bit system is refused: people upgrade it on the customer's servers.
func (m *Migration) Copy(ctx context.Context, o MoveOrder) (suite.Moved, error) {
	defer beat(ctx)()
	moved, err := m.move(ctx, o)
	return moved, final(err)
}

func (m *Migration) move(ctx context.Context, o MoveOrder) (suite.Moved, error) {
	is, err := m.Systems.Describe(ctx, o.From, o.Contract)
	if err != nil {
		return suite.Moved{}, err
	}
	if is.Bits != suite.Bits64 {
		return suite.Moved{}, narrow(is.Bits)
	}
	before, err := m.Systems.Counts(ctx, o.From, o.Contract)
	if err != nil {
		return suite.Moved{}, err
	}
	for _, half := range []struct {
		take func(context.Context, string, string, suite.Mark) (suite.Stream, error)
		put  func(context.Context, string, string, io.Reader, int64) error
	}{{m.Systems.Database, m.Systems.PutDatabase}, {m.Systems.Files, m.Systems.PutFiles}} {
		if err := pass(ctx, o, half.take, half.put); err != nil {
			return suite.Moved{}, err
		}
	}
	return m.compare(ctx, o, suite.Moved{Bits: is.Bits, Old: before})
}

// pass streams one content from a system into another, through no memory or disk of ours.
func pass(ctx context.Context, o MoveOrder, take func(context.Context, string, string, suite.Mark) (suite.Stream, error),
	put func(context.Context, string, string, io.Reader, int64) error,
) error {
	s, err := take(ctx, o.From, o.Contract, suite.Mark{})
	if err != nil {
		return err
	}
	defer s.Close()
	return put(ctx, o.To, o.Contract, s, s.Size)
}

// compare counts the new system, and the old one again. One that is being worked in may count as it did before the copy or
// after it.
func (m *Migration) compare(ctx context.Context, o MoveOrder, moved suite.Moved) (suite.Moved, error) {
	var err error
	if moved.New, err = m.Systems.Counts(ctx, o.To, o.Contract); err != nil {
		return suite.Moved{}, err
	}
	differences := suite.Differences(moved.Old, moved.New)
	if len(differences) == 0 {
		return moved, nil
	}
	before := moved.Old
	if moved.Old, err = m.Systems.Counts(ctx, o.From, o.Contract); err != nil {
		return suite.Moved{}, err
	}
	still := len(suite.Differences(before, moved.Old)) == 0
	switch {
	case len(suite.Differences(moved.Old, moved.New)) == 0:
		return moved, nil
	case still || o.Frozen:
		return suite.Moved{}, unequal(differences)
	default:
		return suite.Moved{}, errWorkedIn
	}
}

// errWorkedIn: the rehearsal is tried again, and given up when it never finds a quiet moment.
var errWorkedIn = errors.New("the old system was being worked in while it was copied; rehearse at a quiet hour")

func narrow(bits int) error {
	if bits != suite.Bits32 {
		return refusal.Rule("unknown_bits", "3.7", "旧系统没有说明是 32 位还是 64 位。", "the old system does not say whether it has 32 or 64 bits")
	}
	return refusal.Rule("old_system_32_bit", "3.7",
		"旧系统是 32 位：请先在甲方服务器上执行 suite upgrade 升级到 64 位，然后执行 starter retry。",
		"the old system has 32 bits: upgrade it first with `suite upgrade` on the customer's server, then run `starter retry`")
}

func unequal(differences []string) error {
	said := strings.Join(differences, "; ")
	return refusal.Rule("copy_unequal", "3.7", "复制后两边数据不一致："+said, "the copy is not equal: "+said)
}

// FreezeOrder has a system at a host take no changes, or take them again.
type FreezeOrder struct {
	Contract string `json:"contract"`
	Host     string `json:"host"`
	Frozen   bool   `json:"frozen"`
}

// Freeze holds a system still, or lets it go (§3.7, §3.8).
func (m *Migration) Freeze(ctx context.Context, o FreezeOrder) error {
	defer beat(ctx)()
	return final(m.Systems.Freeze(ctx, o.Host, o.Contract, o.Frozen))
}

// Export makes the package of a contract's system, outside the cloud (§3.8).
func (m *Migration) Export(ctx context.Context, o handover.Order) (handover.Package, error) {
	defer beat(ctx)()
	if m.Exports == nil {
		return handover.Package{}, final(refusal.Rule("no_export_store", "3.8",
			"没有设置迁出数据包的存储：请为工作进程设置 LVYUE_EXPORT_URL（云外的地址），然后执行 starter retry。",
			"no store for the packages is set: give the worker LVYUE_EXPORT_URL, a place outside the cloud, then run `starter retry`"))
	}
	made, err := m.Exports.Export(ctx, o)
	return made, final(err)
}
