"""One process that is measured: started in the folder of an unpacked function, it imports it, answers, and reports as JSON.

argv: folder, envelope file (one, or a list of them that are asked in turn), warm-up calls, counted calls (0: a cold start).
"""

import json
import sys
import time


def _peak_kilobytes() -> int:
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - nothing may be imported that the function does not import
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def main() -> None:
    folder, file, warm_up, counted = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    sys.path.insert(0, folder)
    import lambda_function  # noqa: PLC0415 - from the folder

    with open(file, encoding="utf-8") as envelope:  # noqa: PTH123
        found = json.load(envelope)
    events = found if isinstance(found, list) else [found]
    answered = lambda_function.lambda_handler(events[0], None)
    report = {"first_cpu": time.process_time(), "answered": bool(answered["response"]["outputSpeech"])}
    if counted:
        for number in range(warm_up):
            lambda_function.lambda_handler(events[number % len(events)], None)
        blocks = []
        for block in range(10):  # ten blocks: a median that one disturbance of the machine does not move
            started, wall = time.process_time(), time.perf_counter()
            for number in range(block * counted // 10, (block + 1) * counted // 10):
                lambda_function.lambda_handler(events[number % len(events)], None)
            spent = time.process_time() - started
            blocks.append([spent * 10 / counted, (time.perf_counter() - wall) * 10 / counted])
        report["blocks"] = blocks
    report["peak_kilobytes"] = _peak_kilobytes()
    print(json.dumps(report))


main()
