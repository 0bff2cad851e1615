"""The addresses of all pages, without the language prefix: one package per first segment."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from synchromesh.web.home import views as home
from synchromesh.web.me.learning_views import sign_out

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("complete/", include("synchromesh.web.complete.urls")),
    path("roles/", include("synchromesh.web.roles.urls")),
    path("skills/", include("synchromesh.web.skills.urls")),
    path("esco/", include("synchromesh.web.esco.urls")),
    path("framework/", include("synchromesh.web.framework.urls")),
    path("fields/", include("synchromesh.web.fields.urls")),
    path("courses/", include("synchromesh.web.courses.urls")),
    path("courses/<slug:slug>/", include("synchromesh.web.courses.learning.urls")),
    path("lists/", include("synchromesh.web.lists.urls")),
    path("", include("synchromesh.web.wallet.urls")),
    path("widget/", include("synchromesh.web.widget.urls")),
    path("organisations/", include("synchromesh.web.organisations.urls")),
    path("members/", include("synchromesh.web.members.urls")),
    path("groups/", include("synchromesh.web.groups.urls")),
    path("projects/", include("synchromesh.web.projects.urls")),
    path("agreements/", include("synchromesh.web.agreements.urls")),
    path("wanted/", include("synchromesh.web.wanted.urls")),
    path("for/", include("synchromesh.web.interests.urls")),
    path("news/", include("synchromesh.web.news.urls")),
    path("engagements/", include("synchromesh.web.engagements.urls")),
    path("achievements/", include("synchromesh.web.achievements.urls")),
    path("issuers/", include("synchromesh.web.issuers.urls")),
    path("", include("synchromesh.web.credentials.urls")),
    path("events/", include("synchromesh.web.events.urls")),
    path("regions/", include("synchromesh.web.regions.urls")),
    path("practices/", include("synchromesh.web.practices.urls")),
    path("lessons/", include("synchromesh.web.lessons.urls")),
    path("about/", include("synchromesh.web.about.urls")),
    path("me/", include("synchromesh.web.me.urls")),
    path("teach/", include("synchromesh.web.teach.urls")),
    path("award/", include("synchromesh.web.award.urls")),
    path("passports/", include("synchromesh.web.passports.urls")),
    path("desk/", include("synchromesh.web.desk.urls")),
    path("account/logout/", sign_out, name="account_logout"),
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
]
for provider in ("openid_connect", "saml"):
    if f"allauth.socialaccount.providers.{provider}" in settings.INSTALLED_APPS:
        urlpatterns.append(path("account/", include(f"allauth.socialaccount.providers.{provider}.urls")))
if "allauth.socialaccount" in settings.INSTALLED_APPS:
    urlpatterns.append(path("account/single-sign-on/", include("allauth.socialaccount.urls")))
