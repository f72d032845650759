package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// compose is as much of docker-compose.yml as can be held to its promises without an engine.
type compose struct {
	Services map[string]struct {
		Image       string
		Build       struct{ Context, Dockerfile, Target string }
		Environment map[string]string
		DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
		Healthcheck struct{ Test []string }
		Volumes     []string
		Ports       []string
	}
	Volumes map[string]any
}

func TestCompose_HangsTogether(t *testing.T) {
	t.Parallel()
	c := readCompose(t)
	for _, name := range []string{"temporal", "temporal-db", "db", "worker", "ui"} {
		if _, ok := c.Services[name]; !ok {
			t.Errorf("there is no service %s", name)
		}
	}
	for name, s := range c.Services {
		for other, how := range s.DependsOn {
			waited, ok := c.Services[other]
			if !ok {
				t.Errorf("%s depends on %s, which there is none", name, other)
			}
			if how.Condition == "service_healthy" && waited.Healthcheck.Test == nil {
				t.Errorf("%s waits for the health of %s, which nobody checks", name, other)
			}
		}
		for _, volume := range s.Volumes {
			source, _, _ := strings.Cut(volume, ":")
			_, named := c.Volumes[source]
			if _, err := os.Stat(filepath.Join("..", source)); !named && err != nil {
				t.Errorf("%s mounts %s: %v", name, source, err)
			}
		}
	}
}

func TestCompose_PinsImagesAndBuildsWhatTheDockerfileHas(t *testing.T) {
	t.Parallel()
	dockerfile, err := os.ReadFile("../deploy/Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range readCompose(t).Services {
		switch {
		case s.Image != "" && !regexp.MustCompile(`:[0-9][0-9.]*(-alpine)?$`).MatchString(s.Image):
			t.Errorf("%s runs %s, which may be another image tomorrow", name, s.Image)
		case s.Image == "" && !strings.Contains(string(dockerfile), " AS "+s.Build.Target+"\n"):
			t.Errorf("%s is built from stage %q, which there is none", name, s.Build.Target)
		}
	}
}

func TestCompose_KeepsSecretsOutAndListensOnThisMachineOnly(t *testing.T) {
	t.Parallel()
	for name, s := range readCompose(t).Services {
		for key, value := range s.Environment {
			if regexp.MustCompile(`PASSWORD|PWD|SECRET|DATABASE_URL`).MatchString(key) && !regexp.MustCompile(`\$\{\w+(:\?[^}]+|:-)\}`).MatchString(value) {
				t.Errorf("%s: %s has a value in the file: %s", name, key, value)
			}
		}
		for _, port := range s.Ports {
			if !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s listens to the world: %s", name, port)
			}
		}
	}
}

func TestCompose_RunsTheVersionsThatWeTest(t *testing.T) {
	t.Parallel()
	gomod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	c := readCompose(t)
	for module, services := range map[string][]string{
		"go.temporal.io/server":              {"temporal", "temporal-schema", "temporal-namespace"},
		"github.com/temporalio/ui-server/v2": {"ui"},
	} {
		for _, service := range services {
			_, version, _ := strings.Cut(c.Services[service].Image, ":")
			if !strings.Contains(string(gomod), fmt.Sprintf("\t%s v%s\n", module, version)) {
				t.Errorf("%s runs %s, go.mod has another version of %s", service, version, module)
			}
		}
	}
}

func readCompose(t *testing.T) compose {
	t.Helper()
	text, err := os.ReadFile("../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var c compose
	if err := yaml.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	return c
}
