package evolink_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/errspec/errspec/generated/evolink"
)

const answer = `{
  "id": "task-unified-1772618027-cmeisy8h",
  "status": "failed",
  "error": {"code": "invalid_parameters", "message": "file size exceeds 10MB"}
}`

func ExampleDecodeTask() {
	task, err := evolink.DecodeTask(200, nil, strings.NewReader(answer))
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
		fmt.Println(limit, "MB at the most")
	}
	// Output:
	// evolink: invalid_parameters: file size exceeds 10MB (task task-unified-1772618027-cmeisy8h)
	// true
	// true
	// 10 MB at the most
}

func ExampleClassify() {
	d := evolink.Classify(evolink.CodeServiceError, "upstream reset the connection")
	fmt.Println(d.Action, d.Automatic, d.Wait.Min, d.Wait.Max)

	d = evolink.Classify("a_code_of_next_year", "")
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
	fmt.Println(policy.Next(ctx, 3, failed)) // the attempts are used up

	// An answer that was lost: the task may be running and charged.
	fmt.Println(policy.Next(ctx, 1, errors.New("connection reset by peer")))
	// Output:
	// 30s true
	// 1m0s true
	// 0s false
	// 0s false
}

func ExampleWaiter() {
	answers := []string{`{"id": "task-7", "status": "processing"}`, `{"id": "task-7", "status": "completed", "progress": 100}`}
	waiter := evolink.Waiter{
		Every: time.Millisecond,
		Get: func(ctx context.Context, id string) (*evolink.Task, error) {
			next := answers[0]
			answers = answers[1:]
			return evolink.DecodeTask(200, nil, strings.NewReader(next)) // a GET of the task, in real life
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
