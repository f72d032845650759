package sizing_test

import (
	"testing"

	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

const (
	server, database = hosting.Server, hosting.Database
	storage          = hosting.Storage
)

func TestGrow_SuggestsTheSmallestThatLasts(t *testing.T) { // §3.6 §5.7
	t.Parallel()
	for _, tt := range []struct {
		name string
		sizing.Use
		from, want hosting.Shape
		known      bool
	}{
		// 400 GB and 180 days of 5 GB are 1300 GB.
		{"a disk that fills", use(server, storage, 80, 1), disk(500), disk(1300), true},
		{"to the next step", use(server, storage, 80, 1.001), disk(500), disk(1310), true},
		{"a full disk that does not grow", use(server, storage, 84, 0), disk(500), disk(600), true},
		{"one that shrinks", use(server, storage, 84, -3), disk(500), disk(600), true},
		{"always larger", use(server, storage, 10, 0), disk(500), disk(510), true},
		{"the largest disk", use(server, storage, 70, 0), disk(32750), disk(32760), true},
		{"beyond the largest disk", use(server, storage, 70, 0), disk(32760), short(disk(32760)), true},
		{"of unknown size", use(server, storage, 80, 1), disk(0), disk(0), false},
		{"a database that fills", use(database, storage, 80, 0.5), data(200), data(340), true}, // 160 + 180
		{"the largest database", use(database, storage, 70, 0), data(31995), data(32000), true},
		{"beyond the largest database", use(database, storage, 70, 0), data(32000), short(data(32000)), true},
		{"a busy server", use(server, hosting.CPU, 90, 0), cores("ecs.g7.large", "mysql.x4.medium.2c"), cores("ecs.g7.xlarge", "mysql.x4.medium.2c"), true},
		{"a server short of memory", use(server, hosting.Memory, 90, 0), cores("ecs.g7.8xlarge", "x"), cores("ecs.g7.16xlarge", "x"), true},
		{"the largest server", use(server, hosting.CPU, 90, 0), cores("ecs.g7.16xlarge", "x"), short(cores("ecs.g7.16xlarge", "x")), true},
		{"a server of another make", use(server, hosting.CPU, 90, 0), cores("ecs.t6.tiny", "x"), cores("ecs.t6.tiny", "x"), false},
		{"a database with many users", use(database, hosting.Connections, 85, 0), cores("x", "mysql.x4.4xlarge.2c"), cores("x", "mysql.x4.8xlarge.2c"), true},
		{"the largest database class", use(database, hosting.CPU, 90, 0), cores("x", "mysql.x4.8xlarge.2c"), short(cores("x", "mysql.x4.8xlarge.2c")), true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got, known := sizing.Grow(tt.from, tt.Use); got != tt.want || known != tt.known {
				t.Errorf("got %+v, %v\nwant %+v", got, known, tt.want)
			}
		})
	}
}

func use(kind hosting.Kind, metric hosting.Metric, percent, perDay float64) sizing.Use {
	return sizing.Use{Kind: kind, Metric: metric, Percent: percent, PerDay: perDay}
}

func disk(gb int) hosting.Shape { return hosting.Shape{ServerDiskGB: gb} }
func data(gb int) hosting.Shape { return hosting.Shape{DatabaseGB: gb} }
func cores(server, database string) hosting.Shape {
	return hosting.Shape{ServerType: server, DatabaseClass: database}
}
func short(s hosting.Shape) hosting.Shape { s.Short = true; return s }
