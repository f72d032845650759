package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"lvyue/internal/hosting"
	"lvyue/internal/message"
	"lvyue/internal/postgres"
)

// §7.2: a destruction that takes hours says what it waits for, in both languages, to people and to programs.
func TestShow_SaysWhatADestructionWaitsFor(t *testing.T) {
	t.Parallel()
	const cooling, paid = "DiskInCoolingPeriod The disk cools down", "ChargeTypeViolation not yet (paid until 2027-01-06 00:00)"
	disk := hosting.Resource{Kind: hosting.Disk, ID: "d-1", Status: "Available: " + cooling}
	server := hosting.Resource{Kind: hosting.Server, ID: "i-1", Status: "Running: " + paid}
	network := hosting.Resource{Kind: hosting.VPC, ID: "vpc-1", Status: "Available"}
	looked := time.Date(2026, 10, 13, 3, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		look   []postgres.Progress
		zh, en []string
		waits  []string
	}{
		"before it has looked": {
			zh: []string{"数据销毁已开始：先等待云上尚未结束的工作"},
			en: []string{"the destruction has begun: what is still at work in the cloud ends first"},
		},
		"waiting": {
			look: []postgres.Progress{{Duty: "deployment", LookedAt: looked}, {Duty: "destruction", LookedAt: looked, Pieces: []hosting.Resource{network, disk, server}}},
			zh: []string{
				"数据销毁在等待，云上还有 3 项资源（2026-10-13 11:00:00 查看）；会自动重试，无须人工处理：",
				"  · 云盘 d-1：" + cooling, "  · 服务器 i-1：" + paid,
			},
			en: []string{
				"the destruction waits (left in the cloud: 3, as of 2026-10-13 11:00:00). It is tried again by itself, and nobody need act. It waits for",
				"  · disk d-1: " + cooling, "  · server i-1: " + paid,
			},
			waits: []string{"destruction disk d-1 " + cooling, "destruction ecs i-1 " + paid},
		},
		"moving": {
			look: []postgres.Progress{{Duty: "destruction", LookedAt: looked, Pieces: []hosting.Resource{network}}},
			zh:   []string{"数据销毁进行中：云上还有 1 项资源（2026-10-13 11:00:00 查看），会自动继续"},
			en:   []string{"the destruction is under way (left in the cloud: 1, as of 2026-10-13 11:00:00) and goes on by itself"},
		},
		"nothing left": {
			look: []postgres.Progress{{Duty: "destruction", LookedAt: looked}},
			zh:   []string{"数据销毁进行中：云上已无资源（2026-10-13 11:00:00 查看），正在复核"},
			en:   []string{"the destruction is under way: nothing is left in the cloud as of 2026-10-13 11:00:00; it is read back"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := destroyingView()
			v.Progress = tt.look
			for lang, want := range map[string][]string{"zh": tt.zh, "en": tt.en} {
				p := &paper{lang: lang}
				p.destroying(v)
				if got := strings.Split(strings.TrimSuffix(p.String(), "\n"), "\n"); !slices.Equal(got, want) {
					t.Errorf("it says %q, want %q", got, want)
				}
			}
			var waits []string
			for _, w := range documentOf(v, "en").Waiting {
				waits = append(waits, w.Duty+" "+string(w.Kind)+" "+w.ID+" "+w.Why)
			}
			if !slices.Equal(waits, tt.waits) {
				t.Errorf("programs are told %q, want %q", waits, tt.waits)
			}
		})
	}
}

// One that needs a person says so behind its duty, and one that is over waits for nothing.
func TestShow_SaysNothingOfADestructionThatDoesNotWaitByItself(t *testing.T) { // §7.2
	t.Parallel()
	for name, change := range map[string]func(*postgres.View){
		"a person must act": func(v *postgres.View) { v.Obligations[0].Attention = "a person must see to this" },
		"over":              func(v *postgres.View) { v.Obligations[0].Status = message.Met },
		"not confirmed":     func(v *postgres.View) { v.Contract.Phase = message.Ended },
	} {
		v := destroyingView()
		change(&v)
		v.Progress = []postgres.Progress{{Duty: "destruction", Pieces: []hosting.Resource{{Kind: hosting.Disk, ID: "d-1", Status: "Available: no"}}}}
		p := &paper{lang: "en"}
		p.destroying(v)
		if p.Len() > 0 || len(documentOf(v, "en").Waiting) > 0 {
			t.Errorf("%s: it says %q", name, p.String())
		}
	}
}

func destroyingView() postgres.View {
	return postgres.View{
		Contract:    message.ContractRow{Number: "HT-1", Phase: message.Destroying},
		Obligations: []message.Obligation{{ID: "destruction", Clause: "7.2", Status: message.Pending}},
	}
}
