package aliyunsim

import "testing"

func TestServer_TellsTheTagsOfDatabasesThatAreAskedFor(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	c.want("MissingParameter", "rds ListTagResources", "ResourceType=INSTANCE")
	c.want("InvalidParameter", "rds ListTagResources", "ResourceType=instance&Tag.1.Key=a")
	c.database()
	c.want("", "rds ListTagResources", "ResourceType=INSTANCE&Tag.1.Key=a").is(t, map[string]any{"NextToken": "", "TagResources.TagResource": []any{}})
}
