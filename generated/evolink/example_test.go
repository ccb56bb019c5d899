package evolink_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/errspec/errspec/generated/evolink"
)

const failedTask = `{
  "id": "task-unified-1772618027-cmeisy8h",
  "status": "failed",
  "error": {"code": "invalid_parameters", "message": "file size exceeds 10MB"}
}`

func ExampleDecodeTask() {
	task, err := evolink.DecodeTask(200, nil, strings.NewReader(failedTask))
	if err != nil {
		fmt.Println(err)
		return
	}
	err = task.Err()
	fmt.Println(err)
	fmt.Println(errors.Is(err, evolink.CodeInvalidParameters))
	fmt.Println(errors.Is(err, evolink.SubtypeInvalidParametersFileTooLarge))
	var failure *evolink.Error
	if errors.As(err, &failure) {
		limit, _ := failure.Value("limit_mb")
		fmt.Println("limit:", limit, "MB")
	}
	// Output:
	// evolink: invalid_parameters: file size exceeds 10MB (task task-unified-1772618027-cmeisy8h)
	// true
	// true
	// limit: 10 MB
}

func ExampleClassify() {
	d := evolink.Classify(evolink.CodeServiceError, "upstream reset the connection")
	fmt.Println(d.Action, d.Automatic, d.Wait.Min, d.Wait.Max)

	d = evolink.Classify("a_new_code", "")
	fmt.Println(d.Known, d.Action, d.Automatic)
	// Output:
	// wait true 30s 1m0s
	// false support false
}

func ExampleExplain() {
	err := fmt.Errorf("thumbnail: %w", &evolink.Error{
		Code:    evolink.CodeImageDimensionMismatch,
		Message: "image is 1024x1024",
		TaskID:  "task-7",
	})
	fmt.Print(evolink.Explain(err))
	// Output:
	// image_dimension_mismatch: Image Dimension Mismatch
	// Image dimensions don’t match request
	// Task: task-7
	// Message: image is 1024x1024
	// Advice: Resize image, then retry
	// Change the request before submitting it again.
	// How to fix:
	//   - Resize the image to match the `aspect_ratio` parameter.
	//   - Alternatively, change `aspect_ratio` to match the image.
	// See https://docs.evolink.ai/en/api-manual/task-management/error-codes#image_dimension_mismatch
}

func ExamplePolicy_Next() {
	ctx := context.Background()
	policy := evolink.Policy{Rand: func() float64 { return 0 }}

	failed := &evolink.Error{Code: evolink.CodeServiceError}
	fmt.Println(policy.Next(ctx, 1, failed))
	fmt.Println(policy.Next(ctx, 2, failed))
	fmt.Println(policy.Next(ctx, 3, failed)) // no attempts are left

	// Without a response, the task may be running and may be charged.
	fmt.Println(policy.Next(ctx, 1, errors.New("connection reset by peer")))
	// Output:
	// 30s true
	// 1m0s true
	// 0s false
	// 0s false
}

func ExampleWaiter() {
	responses := []string{`{"id": "task-7", "status": "processing"}`, `{"id": "task-7", "status": "completed", "progress": 100}`}
	waiter := evolink.Waiter{
		Every: time.Millisecond,
		Get: func(ctx context.Context, id string) (*evolink.Task, error) {
			next := responses[0] // a real client sends a GET request
			responses = responses[1:]
			return evolink.DecodeTask(200, nil, strings.NewReader(next))
		},
		OnPoll: func(t *evolink.Task) { fmt.Println(t.Status, t.Progress) },
	}
	task, err := waiter.Wait(context.Background(), "task-7")
	fmt.Println(task.ID, err)
	// Output:
	// processing 0
	// completed 100
	// task-7 <nil>
}
