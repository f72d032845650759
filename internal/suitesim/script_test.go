package suitesim_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"lvyue/internal/suitesim"
)

func TestRun_InstallsAProductStepByStep(t *testing.T) {
	t.Parallel()
	const fetched = database + "suite fetch oa 8.4.2\n"
	for name, tt := range map[string]struct {
		script string
		exit   int
		says   string
	}{
		"whole":                     {"#!/bin/sh\nset -eu\n\n" + fetched + "suite migrate oa 8.4.2\nsuite start oa 8.4.2\n", 0, "OA 8.4.2 started"},
		"twice":                     {strings.Repeat(fetched+"suite migrate oa 8.4.2\nsuite start oa 8.4.2\n", 2), 0, "started"},
		"no last new line":          {"suite grow", 0, "100 GB"},
		"started unfetched":         {database + "suite start oa 8.4.2\n", 1, "was not fetched and migrated"},
		"started unmigrated":        {fetched + "suite start oa 8.4.2\n", 1, "was not fetched and migrated"},
		"started another release":   {fetched + "suite migrate oa 8.4.2\nsuite fetch oa 8.5.0\nsuite start oa 8.5.0\n", 1, "was not fetched and migrated"},
		"migrated unfetched":        {database + "suite migrate oa 8.4.2\n", 1, "was not fetched"},
		"migrated another release":  {fetched + "suite migrate oa 8.4.3\n", 1, "was not fetched"},
		"migrated without database": {"suite fetch oa 8.4.2\nsuite migrate oa 8.4.2\n", 1, "no database answers"},
		"no such product":           {"suite fetch erp 1.0\n", 1, "there is no product erp"},
		"product in capitals":       {"suite fetch OA 8.4.2\n", 1, "there is no product OA"},
		"no such release":           {"suite fetch oa latest\n", 1, "no release"},
		"wrong password":            {"suite database rds-1 3306 ht_2026_001 suite wrong\n", 1, "refuses user suite"},
		"wrong port":                {"suite database rds-1 x ht_2026_001 suite pass\n", 1, "no port"},
		"no such node":              {"suite join 10.0.0.9\n", 1, "no node answers"},
		"odd parameter":             {"suite set X-Y 1\n", 1, "no parameter"},
		"too few words":             {"suite fetch oa\n", 2, "usage: suite fetch CODE RELEASE"},
		"too many words":            {"suite grow up\n", 2, "usage: suite grow"},
		"no verb":                   {"suite\n", 2, "which command"},
		"another verb":              {"suite destroy\n", 2, "there is no command destroy"},
		"another command":           {"curl http://example.com/\n", 127, "curl: command not found"},
		"a shell's own":             {"suite token $(cat token)\n", 2, "plain words"},
		"stops at the first":        {"suite start oa 8.4.2\nsuite token secret\n", 1, "was not fetched"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := suitesim.New(100)
			out, exit := s.Run(tt.script, newCloud())
			if exit != tt.exit || !strings.Contains(out, tt.says) {
				t.Errorf("exit %d, %q", exit, out)
			}
			if s.Token != "" {
				t.Error("went on after a line that failed")
			}
		})
	}
}

func TestRun_PrintsNoSecret(t *testing.T) {
	t.Parallel()
	const script = database + "suite token tok-secret\nsuite token tok-secret more\n"
	out, _ := suitesim.New(100).Run(script, newCloud())
	bad, _ := suitesim.New(100).Run("suite database rds-2 3306 ht_2026_001 suite pass-secret\n", newCloud())
	for _, secret := range []string{"pass-secret", "tok-secret", " pass"} {
		if strings.Contains(out+bad, secret) {
			t.Errorf("%q holds %q", out+bad, secret)
		}
	}
}

// §3.7: a system of 32 bits is first upgraded.
func TestRun_UpgradesTo64Bits(t *testing.T) {
	t.Parallel()
	s := &suitesim.System{Bits: 32}
	run(t, s, suitesim.Alone{}, "suite upgrade\nsuite upgrade\n")
	if s.Bits != 64 {
		t.Errorf("%d bits", s.Bits)
	}
}

// §5.7: the file system follows its disk, and never shrinks.
func TestRun_GrowsTheFileSystemToTheDisk(t *testing.T) {
	t.Parallel()
	s, world := suitesim.New(100), newCloud()
	for _, step := range []struct{ disk, want int }{{200, 200}, {200, 200}, {150, 200}} {
		world.disk = step.disk
		run(t, s, world, "suite grow\n")
		if s.DiskGB != step.want {
			t.Errorf("disk of %d GB: file system of %d", step.disk, s.DiskGB)
		}
	}
}

// §3.5: a further node works on the data of the first, and finds it migrated.
func TestRun_AFurtherNodeSharesTheData(t *testing.T) {
	t.Parallel()
	world := newCloud()
	installed(t, world)
	first := *world
	first.nodes = map[string]*suitesim.Files{"10.0.0.1": world.nodes[""]} // no disk of its own
	before := counts(t, world.data, world.nodes[""])
	second := suitesim.New(0)
	run(t, second, &first, database+"suite join 10.0.0.1\nsuite fetch oa 8.4.2\nsuite migrate oa 8.4.2\nsuite start oa 8.4.2\n")
	if after := counts(t, world.data, world.nodes[""]); !reflect.DeepEqual(after, before) {
		t.Errorf("counts went from %+v to %+v", before, after)
	}
	if status, _ := ask(t, "GET", serve(t, second, &first)+"/oa/health", ""); status != 200 {
		t.Errorf("the further node answers %d", status)
	}
}

func TestSystem_SurvivesTheStateFile(t *testing.T) {
	t.Parallel()
	world := newCloud()
	s := installed(t, world)
	run(t, s, world, "suite set workers 8\nsuite fetch hr 7.0.3\nsuite remove hr\nsuite fetch fm 6.5.0\n")
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	read := &suitesim.System{}
	if err := json.Unmarshal(text, read); err != nil || !reflect.DeepEqual(read, s) {
		t.Errorf("read %+v (%v), want %+v", read, err, s)
	}
	if s.Settings["workers"] != "8" || s.Products["HR"] != nil || s.Products["FM"].Fetched != "6.5.0" {
		t.Errorf("it holds %s", text)
	}
}
