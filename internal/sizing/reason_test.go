package sizing_test

import (
	"reflect"
	"strings"
	"testing"

	"lvyue/internal/hosting"
	"lvyue/internal/sizing"
)

// §1.3: every number of the shape is written with its reason, and is the shape's own.
func TestNumbers_GiveAReasonForEachNumberOfTheShape(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		load sizing.Load
		want []string // parts of the reasons, in the order of the shape
	}{
		"fits": {load(120, 500, 200), []string{
			"120 concurrent users at 50 to a core: a server of 4 cores and 16 GB of memory carries 200, the smallest that is enough",
			"the contract asks 500 GB for attachments and pictures", "a database of 4 cores", "the contract asks 200 GB for the database",
		}},
		"end of a step": {load(100, 20, 20), []string{"a server of 2 cores", "asks 20 GB", "a database of 2 cores", "asks 20 GB"}},
		"rounded": {load(101, 19, 201), []string{
			"a server of 4 cores", "asks 19 GB for attachments and pictures; the next size that Aliyun sells is 20 GB",
			"a database of 4 cores", "asks 201 GB for the database; the next size that Aliyun sells is 205 GB",
		}},
		"the largest": {load(3200, 32768, 32000), []string{"a server of 64 cores and 256 GB of memory carries 3200", "32768", "64 cores", "32000"}},
		"too much": {load(3201, 32769, 32001), []string{
			"3201 concurrent users are more than the 3200 of the largest single server: a cluster is needed",
			"asks 32769 GB for attachments and pictures, more than the 32768 GB of the largest single one",
			"3201 concurrent users are more than the 3200 of the largest single database",
			"asks 32001 GB for the database, more than the 32000 GB",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			numbers := sizing.Numbers(tt.load)
			if len(numbers) != len(tt.want) {
				t.Fatalf("%d numbers", len(numbers))
			}
			for i, n := range numbers {
				if !strings.Contains(n.Why.EN, tt.want[i]) || n.Why.ZH == "" {
					t.Errorf("%s: %q, want %q", n.Name, n.Why.EN, tt.want[i])
				}
			}
		})
	}
}

// The numbers are the fields of the shape: none is forgotten, none differs.
func TestNumbers_AreThoseOfTheShape(t *testing.T) {
	t.Parallel()
	for _, l := range []sizing.Load{load(1, 1, 1), load(101, 501, 201), load(5000, 99999, 99999)} {
		shape, got := sizing.For(l), hosting.Shape{}
		for _, n := range sizing.Numbers(l) {
			setField(t, &got, n)
		}
		got.Short = shape.Short
		if got != shape {
			t.Errorf("numbers make %+v, the shape is %+v", got, shape)
		}
	}
}

// setField sets the field of a shape by its JSON name.
func setField(t *testing.T, shape *hosting.Shape, n sizing.Number) {
	t.Helper()
	v := reflect.ValueOf(shape).Elem()
	for i := range v.NumField() {
		if strings.Split(v.Type().Field(i).Tag.Get("json"), ",")[0] != n.Name {
			continue
		}
		if v.Field(i).Kind() == reflect.String {
			v.Field(i).SetString(n.Value)
			return
		}
		v.Field(i).SetInt(int64(atoi(t, n.Value)))
		return
	}
	t.Errorf("the shape has no %s", n.Name)
}
