package sizing_test

import (
	"testing"

	"lvyue/internal/contract"
	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

func TestFor_SmallestShapeThatCarriesTheLoad(t *testing.T) {
	t.Parallel()
	const largest, largestClass = "ecs.g7.16xlarge", "mysql.x4.8xlarge.2c"
	tests := map[string]struct {
		load sizing.Load
		want hosting.Shape
	}{
		"least":             {load(1, 1, 1), shape("ecs.g7.large", 20, "mysql.x4.medium.2c", 20, false)},
		"end of a step":     {load(100, 500, 200), shape("ecs.g7.large", 500, "mysql.x4.medium.2c", 200, false)},
		"start of the next": {load(101, 500, 201), shape("ecs.g7.xlarge", 500, "mysql.x4.large.2c", 205, false)},
		"the largest":       {load(3200, 32768, 32000), shape(largest, 32768, largestClass, 32000, false)},
		"too many users":    {load(3201, 500, 200), shape(largest, 500, largestClass, 200, true)},
		"too large a disk":  {load(10, 32769, 200), shape("ecs.g7.large", 32768, "mysql.x4.medium.2c", 200, true)},
		"too much database": {load(10, 500, 32001), shape("ecs.g7.large", 500, "mysql.x4.medium.2c", 32000, true)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := sizing.For(tt.load); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

// §1.2: what is not enabled is not deployed, and needs no room.
func TestLoadOf_SumsOverTheEnabledProducts(t *testing.T) {
	t.Parallel()
	standard := contract.Load{
		Users: 300, Employees: 500, DiskGB: 500, DatabaseGB: 100,
		ByProduct: map[contract.Product]contract.ProductLoad{
			"OA": {Users: 300, Concurrent: 120}, "PB": {Users: 80, Concurrent: 20}, "HR": {Users: 300, Concurrent: 60},
		},
	}
	if got, want := sizing.LoadOf(standard, []contract.Product{"OA", "HR"}), load(180, 500, 100); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func load(concurrent, disk, database int) sizing.Load {
	return sizing.Load{Concurrent: concurrent, DiskGB: disk, DatabaseGB: database}
}

func shape(server string, disk int, class string, database int, short bool) hosting.Shape {
	return hosting.Shape{ServerType: server, ServerDiskGB: disk, DatabaseClass: class, DatabaseGB: database, Short: short}
}
