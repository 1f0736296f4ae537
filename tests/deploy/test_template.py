"""What goes to the cloud, as far as it can be read offline in plain Python."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.alexa import log
from tools.package.__main__ import ICONS
from tools.package.function import ANY_ARCHITECTURE
from tools.package.pythons import NAME

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's tags as plain values."""


def _tagged(loader: _Loader, _suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return node.value


_Loader.add_multi_constructor("!", _tagged)
TEMPLATE = yaml.load((DEPLOY / "template.yaml").read_text(encoding="utf-8"), _Loader)
RESOURCES = TEMPLATE["Resources"]
FUNCTION = RESOURCES["Function"]["Properties"]
DASHBOARD = json.loads(RESOURCES["Dashboard"]["Properties"]["DashboardBody"].replace("${AWS::", "{AWS::"))


def test_the_function_is_what_was_packed() -> None:
    assert FUNCTION["Runtime"] == NAME
    assert FUNCTION["CodeUri"] == "../build/function.zip"
    assert set(FUNCTION["Architectures"]) <= set(ANY_ARCHITECTURE)
    module, handler = FUNCTION["Handler"].split(".")
    assert f"def {handler}(" in (ROOT / f"{module}.py").read_text(encoding="utf-8")


def test_it_answers_before_alexa_gives_up_and_only_our_skill() -> None:
    assert FUNCTION["Timeout"] <= 7
    assert FUNCTION["Environment"]["Variables"]["SKILL_ENV"] == "production"
    assert FUNCTION["Environment"]["Variables"]["SKILL_ID"] == "SkillId"
    [event] = FUNCTION["Events"].values()
    assert event == {"Type": "AlexaSkill", "Properties": {"SkillId": "SkillId"}}


def test_a_bad_version_is_taken_back() -> None:
    assert FUNCTION["AutoPublishAlias"] == "live"
    preference = FUNCTION["DeploymentPreference"]
    assert preference["Type"].startswith("Canary")
    for alarm in preference["Alarms"]:
        assert RESOURCES[alarm]["Type"] == "AWS::CloudWatch::Alarm"
    watched = {RESOURCES[alarm]["Properties"]["MetricName"] for alarm in preference["Alarms"]}
    assert watched == {"Errors", "Duration", "Throttles"}


def test_the_function_may_write_its_log_and_nothing_else() -> None:
    [policy] = RESOURCES["FunctionRole"]["Properties"]["Policies"]
    [statement] = policy["PolicyDocument"]["Statement"]
    assert statement["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert statement["Resource"].endswith(":log-group:/aws/lambda/${AWS::StackName}:*")
    assert "Policies" not in FUNCTION
    assert "ManagedPolicyArns" not in RESOURCES["FunctionRole"]["Properties"]


def test_the_log_is_kept_as_long_as_the_privacy_statement_says() -> None:
    days = RESOURCES["LogGroup"]["Properties"]["RetentionInDays"]
    assert days == 14
    assert "Na veertien dagen" in (DEPLOY / "public" / "privacy.html").read_text(encoding="utf-8")


def test_the_bucket_is_closed_but_for_the_distribution() -> None:
    assert all(RESOURCES["AudioBucket"]["Properties"]["PublicAccessBlockConfiguration"].values())
    allowed = [
        statement
        for statement in RESOURCES["AudioBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]
    [only] = allowed
    assert only["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert only["Action"] == "s3:GetObject"
    behaviour = RESOURCES["AudioDistribution"]["Properties"]["DistributionConfig"]["DefaultCacheBehavior"]
    assert behaviour["ViewerProtocolPolicy"] == "https-only"


def dashboard_metrics() -> set[tuple[str, str | None]]:
    """Metrics of ours on the dashboard, with the dimension by which each is shown."""
    found: set[tuple[str, str | None]] = set()
    for widget in DASHBOARD["widgets"]:
        for metric in widget["properties"]["metrics"]:
            if isinstance(metric[0], dict):
                match = re.match(r"SEARCH\('\{(\w+),(\w+)\} MetricName=\"(\w+)\"'", metric[0]["expression"])
                assert match is not None, metric
                assert match[1] == log.NAMESPACE
                found.add((match[3], match[2]))
            elif metric[0] == log.NAMESPACE:
                found.add((metric[1], None))
            else:
                assert metric[0] == "AWS/Lambda"
    return found


def test_the_dashboard_shows_every_metric_that_the_log_writes_and_no_other() -> None:
    assert dashboard_metrics() == set(log.COUNTED_BY.items())


def test_the_dashboard_is_laid_out_without_overlap() -> None:
    places = set()
    for widget in DASHBOARD["widgets"]:
        assert widget["x"] + widget["width"] <= 24
        cells = {(x, widget["y"]) for x in range(widget["x"], widget["x"] + widget["width"])}
        assert not cells & places
        places |= cells


def test_the_alarm_on_faults_watches_a_metric_of_ours() -> None:
    watched = RESOURCES["FaultsAlarm"]["Properties"]
    assert watched["Namespace"] == log.NAMESPACE
    assert watched["MetricName"] in log.COUNTED_BY
    assert log.COUNTED_BY[watched["MetricName"]] is None


@pytest.mark.parametrize("name", ["privacy.html", "voorwaarden.html"])
def test_what_is_published_is_dutch_and_asks_nothing_of_others(name: str) -> None:
    text = (DEPLOY / "public" / name).read_text(encoding="utf-8")
    assert '<html lang="nl">' in text
    assert not re.search(r"<script|<img|<link|@import|url\(", text)
    assert "officieel" not in text


def test_the_terms_hold_the_disclaimer() -> None:
    text = (DEPLOY / "public" / "voorwaarden.html").read_text(encoding="utf-8")
    for part in ("geen medisch advies", "Bel bij direct gevaar 112", "niet van het Nederlands Jeugdinstituut"):
        assert part in " ".join(text.split())


def test_accepted_findings_have_a_reason_and_a_resource() -> None:
    for name, entry in tomllib.loads((DEPLOY / "accepted.toml").read_text(encoding="utf-8")).items():
        assert entry["resource"] in RESOURCES, name
        assert len(entry["reason"]) > 20, name


def test_the_icons_are_there() -> None:
    for name in ICONS:
        assert (DEPLOY / "icons" / name).is_file()


def test_the_server_files_ask_for_the_same_checks() -> None:
    unit = (DEPLOY / "server" / "band-met-mijn-kind.service").read_text(encoding="utf-8")
    container = (DEPLOY / "server" / "Containerfile").read_text(encoding="utf-8")
    for text in (unit, container):
        assert "SKILL_ENV=production" in text
        assert "skill.alexa.web" in text
        assert "VERIFY" not in text
    assert "HOST=127.0.0.1" in unit
    proxy = (DEPLOY / "server" / "Caddyfile").read_text(encoding="utf-8")
    assert "method POST" in proxy
    assert not re.search(r"^\s*log\b", proxy, re.MULTILINE)
