"""Runs a DAG file with stand-ins for Airflow's classes, and prints what it has made of them."""
import json
import sys
import types


class Dag:
    def __init__(self, **arguments):
        self.arguments = arguments
        self.tasks = {}

    def __enter__(self):
        Dag.current = self
        return self

    def __exit__(self, *error):
        Dag.current = None


class Operator:
    def __init__(self, task_id, **arguments):
        self.task_id = task_id
        self.arguments = arguments
        self.upstream = []
        Dag.current.tasks[task_id] = self

    def __rshift__(self, other):
        other.upstream.append(self.task_id)
        return other


class Skipped(Exception):
    pass


def module(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made


module("airflow", DAG=Dag)
module("airflow.exceptions", AirflowSkipException=Skipped)
module("airflow.providers.google.cloud.operators.dataflow", DataflowStartFlexTemplateOperator=Operator)
module("airflow.providers.google.cloud.operators.cloud_run", CloudRunExecuteJobOperator=Operator)
module("pendulum", datetime=lambda *day, tz: day)

NO_TEMPLATE = {"launchParameter": {"parameters": {}}}


def seconds(time):
    return None if time is None else time.total_seconds()


def hours(task):
    """The hours of a day in which the task is part of a run."""
    check = task.arguments.get("pre_execute", lambda context: None)
    found = []
    for hour in range(24):
        try:
            check({"data_interval_end": types.SimpleNamespace(hour=hour)})
            found.append(hour)
        except Skipped:
            pass
    return found


path = sys.argv[1]
with open(path, encoding="utf-8") as source:
    scope = {"__name__": "dag"}
    exec(compile(source.read(), path, "exec"), scope)

dag = scope["dag"]
print(
    json.dumps(
        {
            "schedule": dag.arguments["schedule"],
            "tasks": {
                name: {
                    "retries": task.arguments["retries"],
                    "retry_delay": seconds(task.arguments.get("retry_delay")),
                    "sla": seconds(task.arguments.get("sla")),
                    "execution_timeout": task.arguments["execution_timeout"].total_seconds(),
                    "deferrable": task.arguments["deferrable"],
                    "upstream": task.upstream,
                    "hours": hours(task),
                    "trigger_rule": task.arguments.get("trigger_rule", "all_success"),
                    "job": task.arguments.get("job_name"),
                    "parameters": task.arguments.get("body", NO_TEMPLATE)["launchParameter"]["parameters"],
                }
                for name, task in dag.tasks.items()
            },
        }
    )
)
