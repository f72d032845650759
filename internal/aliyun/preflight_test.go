package aliyun

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"lvyue/internal/aliyunsim"
	"lvyue/internal/hosting"
)

// §3.2: before anything is ordered the vendor is asked, and nothing is ordered by asking.
func TestPreflight_OrdersNothing(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	b := systemBench(t, aliyunsim.Options{Log: &log})
	if err := b.Preflight(t.Context(), b.plan); err != nil {
		t.Fatal(err)
	}
	if b.sim.Created() != 0 || b.sim.Left() != 0 || strings.Count(log.String(), "\n") != 6 {
		t.Errorf("%d were ordered: %s", b.sim.Created(), log.String())
	}
}

func TestPreflight_TellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		soldOut []string
		fault   aliyunsim.Fault
		change  func(*hosting.Plan)
		code    string // "" for what passes by itself
		says    string
	}{
		"server sold out":    {soldOut: []string{"ecs.g7.large"}, code: "aliyun_no_stock", says: "ecs.g7.large"},
		"disk sold out":      {soldOut: []string{diskCategory}, code: "aliyun_no_stock", says: diskCategory},
		"database sold out":  {soldOut: []string{"mysql.x4.medium.2c"}, code: "aliyun_no_stock", says: "mysql.x4.medium.2c"},
		"unknown class":      {change: func(p *hosting.Plan) { p.DatabaseClass = "mysql.none" }, code: "aliyun_no_stock", says: "mysql.none"},
		"largest disk":       {change: func(p *hosting.Plan) { p.ServerDiskGB = 32768 }},
		"disk too large":     {change: func(p *hosting.Plan) { p.ServerDiskGB = 32769 }, code: "aliyun_refused", says: "32769"},
		"least database":     {change: func(p *hosting.Plan) { p.DatabaseGB = 20 }},
		"database too small": {change: func(p *hosting.Plan) { p.DatabaseGB = 19 }, code: "aliyun_refused", says: "19"},
		"no permission":      {fault: aliyunsim.Fault{Operation: "ecs RunInstances", First: 1, Trouble: aliyunsim.Forbidden}, code: "aliyun_refused", says: "Forbidden.RAM"},
		"no more networks":   {fault: aliyunsim.Fault{Operation: "vpc CreateVpc", First: 1, Trouble: aliyunsim.OverQuota}, code: "aliyun_refused", says: "QuotaExceeded"},
		"no money":           {fault: aliyunsim.Fault{Operation: "ecs RunInstances", First: 1, Trouble: aliyunsim.LowBalance}, code: "aliyun_no_money"},
		"unknown key":        {fault: aliyunsim.Fault{Operation: "sts GetCallerIdentity", First: 1, Trouble: aliyunsim.Forbidden}, code: "aliyun_refused"},
		"throttled":          {fault: aliyunsim.Fault{Operation: "rds DescribeAvailableClasses", First: mostSends, Trouble: aliyunsim.Throttled}, says: "Throttling"},
		"wild parameter": {
			change: func(p *hosting.Plan) { p.Settings = []hosting.Setting{{Name: "a", Value: "$(b)"}} }, code: "aliyun_refused", says: "plain word",
		},
		"no contract": {change: func(p *hosting.Plan) { p.Contract = "" }, code: "aliyun_refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := systemBench(t, aliyunsim.Options{})
			b.sim.SetSoldOut(tt.soldOut...)
			if tt.fault.First > 0 {
				fails(t, b, tt.fault)
			}
			if tt.change != nil {
				tt.change(&b.plan)
			}
			err := b.Preflight(t.Context(), b.plan)
			if tt.code == "" && tt.says == "" {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			var e *Error
			if !errors.As(err, &e) || e.Permanent() != (tt.code != "") || !strings.Contains(err.Error(), tt.says) ||
				tt.code != "" && e.Refusal().Code != tt.code {
				t.Errorf("got %v", err)
			}
		})
	}
}

// All that is wrong is told at once, permanent if any of it is, and in both languages.
func TestPreflight_TellsAllAtOnce(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	b.sim.SetSoldOut("ecs.g7.large", "mysql.x4.medium.2c")
	fails(t, b, aliyunsim.Fault{Operation: "vpc CreateVpc", First: mostSends, Trouble: aliyunsim.Throttled})
	err := b.Preflight(t.Context(), b.plan)
	var f findings
	if !errors.As(err, &f) || len(f) != 3 || !f.Permanent() || f.RetryAfter() != 500*time.Millisecond {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{"ecs.g7.large", "mysql.x4.medium.2c", "Throttling.User"} {
		told := f.Refusal()
		if !strings.Contains(err.Error(), want) || !strings.Contains(told.EN, want) || !strings.Contains(told.ZH, want) || told.Code != "aliyun_no_stock" {
			t.Errorf("no %s in %v", want, told)
		}
	}
	passing := findings{{class: transient}, {class: waiting}}
	if passing.Permanent() || passing.Refusal().Code != "aliyun_unavailable" {
		t.Errorf("what passes by itself is told as %v", passing.Refusal())
	}
}

// §3.2: servers that are to start from an image which is not there are a person's matter, before the order and at it.
func TestPreflight_LooksForTheImage(t *testing.T) {
	t.Parallel()
	b := systemBench(t, aliyunsim.Options{})
	b.config.ImageID = "m-doesnotexist"
	for name, act := range map[string]func() error{
		"preflight": func() error { return b.Preflight(t.Context(), b.plan) },
		"order":     func() error { _, err := b.Ensure(t.Context(), b.plan); return err },
	} {
		err := act()
		if codeOf(err) != "aliyun_refused" || !isPermanent(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b.config.ImageID = ""
	known := standing(b.ensure(t))
	b.config.ImageID = hands{b, t}.image(known.id(hosting.Server))
	if err := b.Preflight(t.Context(), b.plan); err != nil {
		t.Errorf("with an image of our own: %v", err)
	}
	b.config.ImageID = "aliyun_3_x64_20G_alibase_20250117.vhd"
	if err := b.Preflight(t.Context(), b.plan); err != nil {
		t.Errorf("with an image of the vendor's: %v", err)
	}
}
