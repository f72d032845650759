package sizing

import "testing"

func TestLarger_GoesByTheTableAndElseByWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		asked, than string
		want        bool
	}{
		{"ecs.g7.xlarge", "ecs.g7.large", true},
		{"ecs.g7.large", "ecs.g7.large", false},
		{"ecs.g7.large", "ecs.g7.xlarge", false},
		{"ecs.r7.large", "ecs.g7.xlarge", true},
		{"", "ecs.g7.xlarge", false},
		{"", "", false},
	} {
		if got := LargerServer(tt.asked, tt.than); got != tt.want {
			t.Errorf("%q after %q: %t", tt.asked, tt.than, got)
		}
	}
	if !LargerDatabase("mysql.x4.large.2c", "mysql.x4.medium.2c") || LargerDatabase("mysql.x4.medium.2c", "mysql.x4.large.2c") {
		t.Error("classes are not in order")
	}
}
