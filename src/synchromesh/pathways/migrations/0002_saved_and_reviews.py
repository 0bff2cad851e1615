import django.db.models.deletion
import synchromesh.plumbing.create_models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('catalogue', '0005_accessibility_and_brief_claims'),
        ('pathways', '0001_initial'),
    ]

    operations = [
        synchromesh.plumbing.create_models.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='SavedList',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('title', models.CharField(max_length=120)),
                        ('note', models.CharField(blank=True, max_length=1000)),
                        ('link_key', models.CharField(blank=True, max_length=43, null=True, unique=True)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_lists', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['title', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Review',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('helped', models.PositiveSmallIntegerField()),
                        ('words', models.TextField(blank=True, max_length=2000)),
                        ('language', models.CharField(max_length=7)),
                        ('finished_on', models.DateField()),
                        ('written_at', models.DateTimeField(auto_now=True)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting to be read'), ('shown', 'Shown'), ('refused', 'Not shown')], default='waiting', max_length=8)),
                        ('decided_by', models.CharField(blank=True, max_length=40)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, help_text='Why it is not shown, told to its author.', max_length=300)),
                        ('answer', models.TextField(blank=True, max_length=1000)),
                        ('answer_language', models.CharField(blank=True, max_length=7)),
                        ('answered_by', models.CharField(blank=True, max_length=40)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='catalogue.course')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-written_at', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('course', 'person'), name='review_once_a_course'), models.CheckConstraint(condition=models.Q(('helped__gte', 1), ('helped__lte', 3)), name='review_helped_1_to_3')],
                    },
                ),
                migrations.CreateModel(
                    name='SavedListEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('added_at', models.DateTimeField(auto_now_add=True)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.course')),
                        ('saved_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='pathways.savedlist')),
                    ],
                    options={
                        'ordering': ['saved_list', 'added_at', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('saved_list', 'course'), name='saved_list_course_unique')],
                    },
                ),
                migrations.CreateModel(
                    name='SavedSearch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('query', models.CharField(max_length=2000)),
                        ('language', models.CharField(help_text='Of the interface in which it was saved, and of its mail.', max_length=7)),
                        ('frequency', models.CharField(choices=[('daily', 'Every day'), ('weekly', 'Every week'), ('never', 'No mail')], default='weekly', max_length=6)),
                        ('seen', models.JSONField(default=list)),
                        ('made_at', models.DateTimeField(auto_now_add=True)),
                        ('looked_at', models.DateTimeField()),
                        ('mailed_at', models.DateTimeField(blank=True, null=True)),
                        ('unsubscribed_at', models.DateTimeField(blank=True, null=True)),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['title', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('owner', 'query', 'language'), name='saved_search_unique')],
                    },
                ),
            ],
        ),
    ]
